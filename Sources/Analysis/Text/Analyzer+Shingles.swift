extension Analyzer {
    /// How many words its `shingle` filter joins, and whether the words themselves stay; nil without one.
    public var shingles: (words: ClosedRange<Int>, keepsWords: Bool)? {
        for filter in filters {
            guard let shingle = filter.component as? ShingleFilter, shingle.minimum <= shingle.maximum else { continue }
            return (shingle.minimum...shingle.maximum, shingle.outputsUnigrams)
        }
        return nil
    }

    /// This analyzer with rows of words in the place of words, and of those, if asked for, their beginnings.
    ///
    /// - Parameters:
    ///   - words: so many in a row.
    ///   - beginnings: so many characters.
    public func rows(ofWords words: ClosedRange<Int>, beginnings: ClosedRange<Int>? = nil) -> Analyzer {
        var filters = filters
        if words.upperBound > 1 {
            let shingles = ShingleFilter(
                minimum: max(words.lowerBound, 2), maximum: words.upperBound, filler: "", outputsUnigrams: words.lowerBound == 1)
            filters.append(Named(name: "shingle", component: shingles))
        }
        if let beginnings {
            let pieces = NGramFilter(minimum: beginnings.lowerBound, maximum: beginnings.upperBound, side: .front)
            filters.append(Named(name: "edge_ngram", component: pieces))
        }
        return Analyzer(
            name: name, isCustom: isCustom, charFilters: charFilters, tokenizer: tokenizer, filters: filters,
            positionIncrementGap: positionIncrementGap)
    }
}
