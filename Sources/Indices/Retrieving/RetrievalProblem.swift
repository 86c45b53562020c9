/// What of a search does not go together, beyond what its request alone tells.
public enum RetrievalProblem: Error, Equatable, Sendable {
    /// `[search_after] cannot be used in children of compound retrievers`
    case optionOfChild(String)
    /// `pinned retriever requires retriever with associated query`
    case pinnedWithoutQuery
    /// `[pinned] retriever only supports sorting by score, …`
    case pinnedSorted
    /// `[rrf] cannot specify [query] when querying multiple indices`
    case fieldsOfSeveralIndices(retriever: String)
    /// `Cannot use [sort] option in conjunction with [rescore].`
    case rescoreSorted
    /// `Rescore window [n] is too large. …`
    case rescoreWindowTooLarge(requested: Int, limit: Int)
    /// `Cannot use [collapse] in conjunction with [search_after] unless the search is sorted on the same field. …`
    case collapseAfterOtherSort
    /// `The number of slices [n] is too large. …`
    case tooManySlices(Int, limit: Int)
    /// `cannot slice on [_id] when using [point-in-time]`
    case slicedByIDOfPointInTime
}
