internal import ArgumentParser

@main
struct ClipSearch: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "clipsearch",
        abstract: "Image similarity search in one binary: CLIP inference, an HNSW index, and Elasticsearch's REST API.",
        version: "0.1.0",
        subcommands: [
            ServeCommand.self, ImportCommand.self, SearchCommand.self, ClassifyCommand.self, EvalCommand.self,
            ModelCommand.self, BenchCommand.self, CompatibilityCommand.self,
        ])
}
