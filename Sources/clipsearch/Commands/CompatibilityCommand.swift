internal import ArgumentParser
internal import ElasticsearchAPI

/// For those who change the API: writes `docs/compatibility.md`.
struct CompatibilityCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compatibility",
        abstract: "Print what of Elasticsearch's REST API is served, as Markdown.",
        shouldDisplay: false)

    func run() {
        print(CompatibilityReport.markdown, terminator: "")
    }
}
