internal import ElasticsearchAPI

/// An error of the layers below in the words that clients of the API get.
struct ExplainedError: Error, CustomStringConvertible {
    let description: String

    init(_ error: any Error) {
        description = ElasticsearchError(error)?.cause.reason ?? "\(error)"
    }
}
