/// The inverted index of one field in one segment.
struct TermIndex: Sendable {
    /// Postings that share an entry in `positionStarts`.
    static let positionBlock = 64
    /// Frequencies from here on stand in a list of their own.
    static let largeFrequency = 255

    let base: Int
    private(set) var dictionary: TermDictionary
    /// Documents that have a term.
    let documentCount: Int
    /// Occurrences of all terms.
    let totalFrequency: Int
    private var firstPostings: Section<UInt32>
    private var containerStarts: Section<UInt32>
    private let containers: Section<UInt16>
    /// How often the term stands in the document, at most 255, for each posting; empty for keywords, where it is once.
    let frequencies: Section<UInt8>
    /// The code of the document's length, for each posting.
    let lengths: Section<UInt8>
    private let largePostings: Section<UInt32>
    private let largeFrequencies: Section<UInt32>
    /// Of each 64th posting, where its positions begin.
    private let positionStarts: Section<UInt32>
    /// Positions of all postings, in one of two widths.
    private let narrowPositions: Section<UInt16>
    private let widePositions: Section<UInt32>

    /// Whether frequencies, lengths and positions are kept.
    var isText: Bool { frequencies.count > 0 }

    /// Whether places of terms are kept; of features, only frequencies are.
    var hasPositions: Bool { positionStarts.count > 0 }

    /// Of all terms.
    var postingCount: Int { Int(firstPostings[dictionary.count]) - Int(firstPostings[0]) }

    func documentFrequency(_ rank: Int) -> Int { Int(firstPostings[rank + 1] - firstPostings[rank]) }

    func postings(_ rank: Int) -> PostingList {
        let first = Int(firstPostings[rank])
        return PostingList(
            units: containers.slice(Int(containerStarts[rank])..<Int(containerStarts[rank + 1])), base: base, first: first,
            count: Int(firstPostings[rank + 1]) - first)
    }

    /// The terms that begin with a key and a 0, without these; nil where there are none. Statistics stay those of all.
    func keyed(by key: String) -> TermIndex? {
        let prefix = Array(key.utf8) + [0]
        let ranks = dictionary.ranks(withPrefix: prefix)
        if ranks.isEmpty { return nil }
        var index = self
        index.dictionary = dictionary.part(ranks, hiding: prefix.count)
        index.firstPostings = firstPostings.part(ranks.lowerBound..<(ranks.upperBound + 1))
        index.containerStarts = containerStarts.part(ranks.lowerBound..<(ranks.upperBound + 1))
        return index
    }

    func postings(of term: String) -> PostingList? { dictionary.rank(of: term).map { postings($0) } }

    @inline(__always)
    func frequency(_ posting: Int) -> Int {
        guard isText else { return 1 }
        let frequency = Int(frequencies[posting])
        return frequency < Self.largeFrequency ? frequency : largeFrequency(posting)
    }

    @inline(never)
    func largeFrequency(_ posting: Int) -> Int {
        let index = largePostings.elements.partitioningIndex { $0 >= UInt32(posting) }
        return index < largeFrequencies.count ? Int(largeFrequencies[index]) : Self.largeFrequency
    }

    func totalFrequency(of postings: Range<Int>) -> Int {
        var sum: UInt32 = 0
        var greatest: UInt8 = 0
        for frequency in frequencies.slice(postings) {
            sum &+= UInt32(frequency)
            greatest = max(greatest, frequency)
        }
        // Large ones stand elsewhere.
        return Int(greatest) < Self.largeFrequency ? Int(sum) : postings.reduce(0) { $0 + frequency($1) }
    }

    /// Where each 64th posting's positions begin; nil for what keeps none.
    func positionStart(ofBlock block: Int) -> Int? { block < positionStarts.count ? Int(positionStarts[block]) : nil }

    enum Positions {
        case narrow(UnsafeBufferPointer<UInt16>)
        case wide(UnsafeBufferPointer<UInt32>)
    }

    /// Those of all postings, in the width that they have, for as long as `body` runs.
    @inline(__always)
    func withPositions<Result>(_ body: (Positions) -> Result) -> Result {
        withExtendedLifetime((narrowPositions, widePositions)) {
            body(narrowPositions.count > 0 ? .narrow(narrowPositions.elements) : .wide(widePositions.elements))
        }
    }

    func appendPositions(_ range: Range<Int>, to positions: inout [Int32]) {
        if narrowPositions.count > 0 {
            for position in narrowPositions.slice(range) { positions.append(Int32(position)) }
        } else {
            for position in widePositions.slice(range) { positions.append(Int32(truncatingIfNeeded: position)) }
        }
    }

    // MARK: Storage

    init?(_ reader: inout DirectoryReader, base: Int, span: Int) {
        guard let dictionary = TermDictionary(&reader), let documentCount = reader.number(through: span),
            let totalFrequency = reader.number(), let firstPostings = reader.section(of: UInt32.self),
            let containerStarts = reader.section(of: UInt32.self), let containers = reader.section(of: UInt16.self),
            let frequencies = reader.section(of: UInt8.self), let lengths = reader.section(of: UInt8.self),
            let largePostings = reader.section(of: UInt32.self), let largeFrequencies = reader.section(of: UInt32.self),
            let positionStarts = reader.section(of: UInt32.self), let narrowPositions = reader.section(of: UInt16.self),
            let widePositions = reader.section(of: UInt32.self), firstPostings.count == dictionary.count + 1,
            containerStarts.count == dictionary.count + 1,
            (1..<firstPostings.count).allSatisfy({
                firstPostings.elements[$0 - 1] <= firstPostings.elements[$0]
                    && containerStarts.elements[$0 - 1] <= containerStarts.elements[$0]
            }), Int(containerStarts[dictionary.count]) == containers.count,
            frequencies.count == 0 || frequencies.count == Int(firstPostings[dictionary.count]),
            frequencies.count == lengths.count, largePostings.count == largeFrequencies.count
        else { return nil }
        self.base = base
        self.dictionary = dictionary
        self.documentCount = documentCount
        self.totalFrequency = totalFrequency
        self.firstPostings = firstPostings
        self.containerStarts = containerStarts
        self.containers = containers
        self.frequencies = frequencies
        self.lengths = lengths
        self.largePostings = largePostings
        self.largeFrequencies = largeFrequencies
        self.positionStarts = positionStarts
        self.narrowPositions = narrowPositions
        self.widePositions = widePositions
    }
}
