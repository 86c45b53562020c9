internal import ArgumentParser

struct BenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench", abstract: "Measure the vector index, the encoders, text analysis or a node under load.",
        subcommands: [
            BenchANNCommand.self, BenchAnalyzeCommand.self, BenchFieldsCommand.self, BenchFilterCommand.self, BenchGrowthCommand.self,
            BenchImportCommand.self, BenchInferCommand.self, BenchPictureCommand.self, BenchPrecisionCommand.self, BenchQueueCommand.self, BenchScanCommand.self,
            BenchServeCommand.self, BenchUpdatesCommand.self,
        ])
}
