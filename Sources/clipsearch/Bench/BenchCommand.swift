internal import ArgumentParser

struct BenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench", abstract: "Measure the vector index, the encoders or a node under load.",
        subcommands: [
            BenchANNCommand.self, BenchFieldsCommand.self, BenchFilterCommand.self, BenchGrowthCommand.self, BenchInferCommand.self,
            BenchPictureCommand.self, BenchPrecisionCommand.self, BenchQueueCommand.self, BenchScanCommand.self,
            BenchServeCommand.self, BenchUpdatesCommand.self,
        ])
}
