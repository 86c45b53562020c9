/// Byte-pair encoding's merges: which two neighbouring symbols become which one, and in what order of precedence.
struct PairMerges: Sendable {
    private struct Merge {
        var rank: Int32
        var result: Int32
    }

    private var merges: [UInt64: Merge] = [:]

    /// - Parameter merges: in order of precedence, ids of the left, the right and the joined symbol.
    init(_ merges: [(left: Int32, right: Int32, joined: Int32)]) {
        self.merges.reserveCapacity(merges.count)
        for (rank, merge) in merges.enumerated() {
            self.merges[Self.key(merge.left, merge.right)] = Merge(rank: Int32(rank), result: merge.joined)
        }
    }

    /// - Parameters:
    ///   - merges: in order of precedence.
    ///   - vocabulary: has the symbols, joined ones too.
    ///   - file: what errors name.
    /// - Throws: `TokenizerError.missingToken`.
    init(_ merges: [(left: String, right: String)], in vocabulary: Vocabulary, file: String) throws(TokenizerError) {
        var triples: [(left: Int32, right: Int32, joined: Int32)] = []
        triples.reserveCapacity(merges.count)
        for merge in merges {
            let left = try vocabulary.id(of: merge.left, file: file)
            let right = try vocabulary.id(of: merge.right, file: file)
            triples.append((left, right, try vocabulary.id(of: merge.left + merge.right, file: file)))
        }
        self.init(triples)
    }

    /// Merges until nothing is left to merge: always the pair of the lowest rank, of equal ones the leftmost.
    ///
    /// - Complexity: O(*n* log *n*).
    func apply(to symbols: [Int32]) -> [Int32] {
        guard symbols.count > 1 else { return symbols }
        var chain = SymbolChain(symbols)
        var queue = MergeQueue()
        for position in 0..<(symbols.count - 1) { enqueue(position, chain, &queue) }
        while let candidate = queue.popFirst() {
            // A candidate is stale when one of its symbols has been merged since.
            guard let right = chain.next(of: candidate.position),
                let merge = merges[Self.key(chain.symbols[candidate.position], chain.symbols[right])],
                merge.rank == candidate.rank
            else { continue }
            chain.join(candidate.position, right, to: merge.result)
            enqueue(candidate.position, chain, &queue)
            if let left = chain.previous(of: candidate.position) { enqueue(left, chain, &queue) }
        }
        return chain.remaining
    }

    private func enqueue(_ position: Int, _ chain: SymbolChain, _ queue: inout MergeQueue) {
        guard let right = chain.next(of: position),
            let merge = merges[Self.key(chain.symbols[position], chain.symbols[right])]
        else { return }
        queue.insert(MergeQueue.Candidate(rank: merge.rank, position: position))
    }

    private static func key(_ left: Int32, _ right: Int32) -> UInt64 {
        UInt64(UInt32(bitPattern: left)) << 32 | UInt64(UInt32(bitPattern: right))
    }
}

/// The symbols of one word, linked so that joining two is O(1).
private struct SymbolChain {
    /// A joined-away symbol is -1.
    private(set) var symbols: [Int32]
    private var nexts: [Int32]
    private var previouses: [Int32]

    init(_ symbols: [Int32]) {
        self.symbols = symbols
        nexts = (0..<symbols.count).map { Int32($0 + 1) }
        previouses = (0..<symbols.count).map { Int32($0 - 1) }
    }

    func next(of position: Int) -> Int? {
        guard symbols[position] >= 0, Int(nexts[position]) < symbols.count else { return nil }
        return Int(nexts[position])
    }

    func previous(of position: Int) -> Int? {
        previouses[position] < 0 ? nil : Int(previouses[position])
    }

    mutating func join(_ left: Int, _ right: Int, to symbol: Int32) {
        symbols[left] = symbol
        symbols[right] = -1
        nexts[left] = nexts[right]
        if Int(nexts[left]) < symbols.count { previouses[Int(nexts[left])] = Int32(left) }
    }

    var remaining: [Int32] { symbols.filter { $0 >= 0 } }
}
