import TestSupport
import Testing

@testable import Tokenizers

@Suite struct PairMergesTests {
    /// The definition: find the best pair, merge its leftmost occurrence, start again.
    private func naive(_ symbols: [Int32], _ merges: [(left: Int32, right: Int32, joined: Int32)]) -> [Int32] {
        var symbols = symbols
        while true {
            var best: (rank: Int, position: Int)?
            for position in symbols.indices.dropLast() {
                // Of a pair that stands more than once the last rank counts, as in a dictionary.
                let rank = merges.lastIndex { $0.left == symbols[position] && $0.right == symbols[position + 1] }
                if let rank, best.map({ rank < $0.rank }) ?? true { best = (rank, position) }
            }
            guard let best else { return symbols }
            symbols.replaceSubrange(best.position...(best.position + 1), with: [merges[best.rank].joined])
        }
    }

    @Test(arguments: 0..<40) func agreesWithTheDefinition(_ seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        var known: [Int32] = [0, 1, 2, 3]
        let merges: [(left: Int32, right: Int32, joined: Int32)] = (0..<30).map { index in
            let merge = (known.randomElement(using: &random) ?? 0, known.randomElement(using: &random) ?? 0, Int32(4 + index))
            known.append(merge.2)
            return merge
        }
        let fast = PairMerges(merges)
        for length in [0, 1, 2, 3, 10, 60] {
            let symbols = (0..<length).map { _ in Int32.random(in: 0..<4, using: &random) }
            #expect(fast.apply(to: symbols) == naive(symbols, merges))
        }
    }

    @Test func ofEqualPairsTheLeftmostGoesFirst() {
        #expect(PairMerges([(left: 0, right: 0, joined: 1)]).apply(to: [0, 0, 0]) == [1, 0])
    }
}
