internal import ArgumentParser

/// An index, and queries whose good answers are known.
struct LabelledQueryOptions: ParsableArguments {
    @Option(help: "The index.")
    var index: String

    @Option(help: "The file of labelled queries.")
    var queries: String

    @OptionGroup var node: NodeOptions

    @Option(help: "The model that embedded the index's pictures.")
    var model = "compact"

    @Option(help: "The field of the vectors.")
    var field = "image_embedding"
}
