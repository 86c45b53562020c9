import Ordinals
import Query
import TestSupport
import Testing
import VectorIndex

@testable import Shards

/// Every order and every place in it, beside sorting all of them.
@Suite struct MatchesOrderTests {
    private static let orders: [DocumentOrder] = [Sort.Order?.none, .ascending, .descending].flatMap { score in
        [Sort.Order.ascending, .descending].map { DocumentOrder(score: score, document: $0) }
    }

    private func sorted(_ documents: [ScoredOrdinal], _ order: DocumentOrder) -> [ScoredOrdinal] {
        documents.sorted {
            order.precedes(
                ScoredDocument(shard: 0, ordinal: $0.ordinal, score: $0.score),
                ScoredDocument(shard: 0, ordinal: $1.ordinal, score: $1.score))
        }
    }

    @Test(arguments: orders)
    func pagesAreTheWhole(_ order: DocumentOrder) {
        var random = SeededGenerator(seed: 7)
        let ordinals = OrdinalSet((0..<300).filter { _ in Bool.random(using: &random) })
        let scores = ordinals.map { _ in Float(Int.random(in: 0..<6, using: &random)) }
        for matches in [Matches(ordinals, scores: .each(scores)), Matches(ordinals, score: 2)] {
            let all = zip(ordinals, scores).map { ordinal, score in
                if case .constant = matches.scores { ScoredOrdinal(ordinal: ordinal, score: 2) } else { ScoredOrdinal(ordinal: ordinal, score: score) }
            }
            var paged: [ScoredOrdinal] = []
            while true {
                let cursor = paged.last.map { DocumentCursor(score: $0.score, ordinal: Int64($0.ordinal)) }
                let page = matches.top(17, order: order, after: cursor)
                #expect(page.count <= 17)
                if page.isEmpty { break }
                paged += page
            }
            #expect(paged == sorted(all, order))
            #expect(matches.top(0, order: order, after: nil).isEmpty)
        }
    }

    @Test(arguments: [1, 3, 64, 1000])
    func pagesOfOrdinals(_ limit: Int) {
        let ordinals = OrdinalSet([0, 1, 63, 64, 65, 127, 128, 300, 301, 4000])
        let matching = MatchingDocuments(ordinals)
        #expect(matching.count == 10)
        var paged: [UInt32] = []
        while true {
            let page = matching.page(after: paged.last, limit: limit)
            if page.isEmpty { break }
            #expect(page.count <= limit)
            paged += page
        }
        #expect(paged == Array(ordinals))
        #expect(matching.page(after: .max, limit: 1).isEmpty && matching.page(after: nil, limit: 0).isEmpty)
        #expect(MatchingDocuments([]).page(after: nil, limit: 5).isEmpty)
    }
}
