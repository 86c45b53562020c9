internal import Indices
internal import JSON

extension ElasticsearchError {
    init(_ problem: RetrievalProblem) {
        let argument = ErrorCause("illegal_argument_exception", problem.reason)
        switch problem {
        case .optionOfChild, .pinnedWithoutQuery, .pinnedSorted, .fieldsOfSeveralIndices: self.init(status: 400, argument)
        case .rescoreSorted, .rescoreWindowTooLarge, .collapseAfterOtherSort, .tooManySlices, .slicedByIDOfPointInTime:
            self = .allShardsFailed(index: nil, argument)
        }
    }

    /// The retrievers that a compound one is made of have failed.
    static func retrieversFailed(parent: String, children: [String], errors: [any Error]) -> ElasticsearchError {
        let known = errors.map { ElasticsearchError($0) ?? .internalError }
        let cause = ErrorCause(
            "status_exception",
            "[\(parent)] search failed - retrievers '[\(children.joined(separator: ", "))]' returned errors. "
                + "All failures are attached as suppressed exceptions.",
            extra: ["suppressed": .array(known.map { .object($0.cause.json) })])
        return ElasticsearchError(status: known.map(\.status).max() ?? 500, cause)
    }
}

extension RetrievalProblem {
    /// Elasticsearch's words.
    fileprivate var reason: String {
        switch self {
        case .optionOfChild(let name): "[\(name)] cannot be used in children of compound retrievers"
        case .pinnedWithoutQuery: "pinned retriever requires retriever with associated query"
        case .pinnedSorted: "[pinned] retriever only supports sorting by score, invalid sort criterion"
        case .fieldsOfSeveralIndices(let retriever):
            "[\(retriever)] cannot specify [query] when querying multiple indices"
        case .rescoreSorted: "Cannot use [sort] option in conjunction with [rescore]."
        case .rescoreWindowTooLarge(let requested, let limit):
            "Rescore window [\(requested)] is too large. It must be less than [\(limit)]. This prevents allocating massive heaps "
                + "for storing the results to be rescored. This limit can be set by changing the [index.max_rescore_window] index "
                + "level setting."
        case .tooManySlices(let count, let limit):
            "The number of slices [\(count)] is too large. It must be less than [\(limit)]. This limit can be set by changing the "
                + "[index.max_slices_per_scroll] index level setting."
        case .slicedByIDOfPointInTime: "cannot slice on [_id] when using [point-in-time]"
        case .collapseAfterOtherSort:
            "Cannot use [collapse] in conjunction with [search_after] unless the search is sorted on the same field. Multiple sort "
                + "fields are not allowed."
        }
    }
}
