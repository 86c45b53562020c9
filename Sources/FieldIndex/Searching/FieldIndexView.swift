public import Ordinals

/// The field index as one search sees it: segments that do not change, in the order of their ordinals.
///
/// Sets hold the dead too, and what was written after the view's moment: who asks knows what is live.
public struct FieldIndexView: Sendable {
    public let segments: [Segment]

    public init(_ segments: [Segment]) { self.segments = segments }

    /// No ordinal here reaches it.
    public var limit: Int { segments.last.map { Int($0.endOrdinal) } ?? 0 }

    /// The ordinals that have rows.
    public var ordinals: OrdinalSet { gather { words, segment in segment.presence.insert(into: words, base: segment.base) } }

    // MARK: Which documents have what

    /// Documents that have a field.
    public func documents(having field: String) -> OrdinalSet {
        gather { words, segment in segment.insertDocuments(having: field, into: words) }
    }

    /// How many documents have a field, dead ones too.
    ///
    /// - Complexity: O(segments).
    public func documentCount(having field: String) -> Int {
        segments.reduce(0) { $0 + $1.documentCount(having: field) }
    }

    /// Documents that have any of some terms.
    public func documents(withAnyOf terms: some Sequence<String>, in field: String) -> OrdinalSet {
        gather { words, segment in
            guard let index = segment.terms(field) else { return }
            for term in terms { index.postings(of: term)?.insert(into: words) }
        }
    }

    /// Documents that have a term between two bounds.
    public func documents(withTermsFrom lower: TermBound?, to upper: TermBound?, in field: String) -> OrdinalSet {
        gather { words, segment in
            guard let index = segment.terms(field) else { return }
            for rank in index.dictionary.ranks(lower: lower, upper: upper) { index.postings(rank).insert(into: words) }
        }
    }

    /// Documents that have a term that a pattern matches.
    ///
    /// - Complexity: O(terms that begin with what the pattern begins with), and their documents.
    /// - Throws: `TermPatternError.tooComplex`.
    public func documents(matching pattern: TermPattern, in field: String) throws(TermPatternError) -> OrdinalSet {
        let words = OrdinalWords(limit: limit)
        var matcher = try pattern.matcher()
        for segment in segments {
            guard let index = segment.terms(field) else { continue }
            for rank in index.dictionary.ranks(withPrefix: matcher.literalPrefix) where try matcher.matches(index.dictionary.utf8(rank)) {
                index.postings(rank).insert(into: words)
            }
        }
        return words.set
    }

    /// Documents that have a whole number of a range.
    ///
    /// - Parameter accepted: no others are needed; where they are few, only they are looked at.
    public func documents(
        withNumberIn range: ClosedRange<Int64>, of field: String, among accepted: OrdinalSet? = nil
    ) -> OrdinalSet {
        documents(withSortableIn: range, of: field, isFloatingPoint: false, among: accepted)
    }

    /// Documents that have a floating-point number of a range.
    ///
    /// - Parameter accepted: no others are needed; where they are few, only they are looked at.
    public func documents(
        withNumberIn range: ClosedRange<Double>, of field: String, among accepted: OrdinalSet? = nil
    ) -> OrdinalSet {
        documents(withSortableIn: SortableDouble.encode(range), of: field, isFloatingPoint: true, among: accepted)
    }

    private func documents(
        withSortableIn range: ClosedRange<Int64>, of field: String, isFloatingPoint: Bool, among accepted: OrdinalSet?
    ) -> OrdinalSet {
        let columns = segments.compactMap { $0.fields[field]?.numbers }.filter { $0.isFloatingPoint == isFloatingPoint }
        let words = OrdinalWords(limit: limit)
        // Looking a document's value up is dearer than going through values in order.
        if let accepted, 8 * accepted.count < columns.reduce(0, { $0 + $1.ranks(of: range).count }) {
            for column in columns { column.insert(range, among: accepted, into: words) }
        } else {
            for column in columns { column.insert(range, into: words) }
        }
        return words.set
    }

    /// Documents that have a point in a box.
    public func documents(in box: GeoBox, of field: String) -> OrdinalSet {
        let test = GeoBoxTest(box)
        return gather { words, segment in
            segment.fields[field]?.points?.insert(into: words) { test.contains($0) }
        }
    }

    /// Documents that have a point in a circle.
    public func documents(in circle: GeoCircle, of field: String) -> OrdinalSet {
        let test = GeoCircleTest(circle)
        return gather { words, segment in
            segment.fields[field]?.points?.insert(into: words) { test.contains($0) }
        }
    }

    private func gather(_ body: (borrowing OrdinalWords, Segment) -> Void) -> OrdinalSet {
        let words = OrdinalWords(limit: limit)
        for segment in segments { body(words, segment) }
        return words.set
    }

    /// Each term that some documents have, with how many of a segment's have it: a term may come once a segment.
    ///
    /// - Complexity: O(postings of the field).
    public func eachTerm(of field: String, among documents: OrdinalSet, _ body: (String, Int) -> Void) {
        for segment in segments {
            guard let index = segment.terms(field) else { continue }
            for rank in 0..<index.dictionary.count {
                var count = 0
                index.postings(rank).forEach { document, _ in
                    if documents.contains(UInt32(truncatingIfNeeded: index.base + document)) { count += 1 }
                }
                if count > 0 { body(index.dictionary.term(rank), count) }
            }
        }
    }

    // MARK: Statistics

    /// - Complexity: O(segments).
    public func statistics(of field: String) -> FieldStatistics {
        segments.reduce(into: FieldStatistics()) { statistics, segment in
            let terms = segment.terms(field), numbers = segment.numbers(field)
            statistics.documents += terms?.documentCount ?? numbers?.documentCount ?? 0
            statistics.totalFrequency += terms?.totalFrequency ?? numbers?.count ?? 0
        }
    }

    /// How many documents have a term, dead ones too.
    ///
    /// - Complexity: O(segments · log terms).
    public func documentFrequency(of term: String, in field: String) -> Int {
        segments.reduce(0) { $0 + ($1.terms(field)?.postings(of: term)?.count ?? 0) }
    }

    /// Terms of a field, the same ones in several segments counted in each: how much a pattern looks at.
    public func termCount(of field: String) -> Int {
        segments.reduce(0) { $0 + ($1.terms(field)?.dictionary.count ?? 0) }
    }
}
