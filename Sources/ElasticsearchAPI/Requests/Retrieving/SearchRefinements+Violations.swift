internal import Indices
internal import JSON
internal import Query

/// What is well-formed and not allowed: Elasticsearch tells all of it at once.
extension SearchRefinements {
    /// What may not be asked for together, in the words of Elasticsearch's validation.
    ///
    /// - Parameters:
    ///   - search: with what was asked for, before anything is fused.
    ///   - size: as the request has it.
    ///   - allowsPartialResults: nil where the request does not say.
    func violations(
        _ search: Search, size: Int?, isScroll: Bool, isPointInTime: Bool, allowsPartialResults: Bool?
    ) -> [String] {
        var violations: [String] = []
        if let retriever {
            violations += retriever.violations(
                size: size, isScroll: isScroll, allowsPartialResults: allowsPartialResults ?? false)
            violations += retrieverViolations
            let given = membersBesideRetriever(search)
            if !given.isEmpty { violations.append("cannot specify [retriever] and [\(given.joined(separator: ", "))]") }
        }
        if isScroll {
            if rescorers?.isEmpty == false { violations.append("using [rescore] is not allowed in a scroll context") }
            if collapse != nil { violations.append("cannot use `collapse` in a scroll context") }
        }
        if slice != nil, !isScroll, !isPointInTime {
            violations.append("[slice] can only be used with [scroll] or [point-in-time] requests")
        }
        if rank == nil, subSearches?.count ?? 0 > 1 { violations.append("[sub_searches] requires [rank]") }
        if let rank { violations += rankViolations(rank, search, isScroll: isScroll) }
        return violations
    }

    private func membersBesideRetriever(_ search: Search) -> [String] {
        var given: [String] = []
        if search.query != nil || subSearches != nil { given.append("query") }
        if !search.knn.isEmpty { given.append("knn") }
        if search.searchAfter != nil { given.append("search_after") }
        if terminateAfter != nil { given.append("terminate_after") }
        if search.sort != nil { given.append("sort") }
        if rank != nil { given.append("rank") }
        if rescorers != nil { given.append("rescore") }
        return given
    }

    private func rankViolations(_ rank: Rank, _ search: Search, isScroll: Bool) -> [String] {
        var violations: [String] = []
        if search.size == 0 { violations.append("[rank] requires [size] greater than [0]") }
        if search.size > rank.window {
            violations.append(
                "[rank] requires [rank_window_size: \(rank.window)] be greater than or equal to [size: \(search.size)]")
        }
        if (subSearches?.count ?? (search.query == nil ? 0 : 1)) + search.knn.count < 2 {
            violations.append(
                "[rank] requires a minimum of [2] result sets using a combination of sub searches and/or knn searches")
        }
        if isScroll { violations.append("[rank] cannot be used in a scroll context") }
        if rescorers?.isEmpty == false { violations.append("[rank] cannot be used with [rescore]") }
        return violations
    }
}

extension Retriever {
    /// What a compound retriever does not allow.
    fileprivate func violations(size: Int?, isScroll: Bool, allowsPartialResults: Bool) -> [String] {
        guard let window else { return [] }
        var violations: [String] = []
        // Ten hits are wanted where nothing is said.
        let size = size ?? 10
        if size > window {
            violations.append(
                "[\(kindName)] requires [\(windowName): \(window)] be greater than or equal to [size: \(size)]")
        }
        if allowsPartialResults {
            violations.append("cannot specify [\(kindName)] and [allow_partial_search_results]")
        }
        if isScroll { violations.append("cannot specify [\(kindName)] and [scroll]") }
        if window < 0 { violations.append("[\(windowName)] parameter cannot be negative, found [\(window)]") }
        for child in children {
            violations += child.violations(size: size, isScroll: isScroll, allowsPartialResults: allowsPartialResults)
            guard let childWindow = child.window, window > childWindow else { continue }
            violations.append(
                "[\(kindName)] requires [\(windowName): \(window)] to be smaller than or equal to its sub retriever's "
                    + "\(child.kindName) [\(child.windowName): \(childWindow)]")
        }
        return violations
    }

    /// What the window is called in a request.
    private var windowName: String {
        if case .rescorer = kind { "window_size" } else { "rank_window_size" }
    }
}
