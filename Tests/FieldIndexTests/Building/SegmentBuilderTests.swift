import Ordinals
import TestSupport
import Testing

@testable import FieldIndex

@Suite struct SegmentBuilderTests {
    @Test func nothingGivesNoSegment() {
        var builder = SegmentBuilder()
        #expect(builder.isEmpty && builder.finish() == nil)
        builder.add("x", to: "k")
        #expect(builder.finish() == nil)
    }

    /// More documents than a container holds in an array, more than one container has, terms that stand often and far.
    @Test func largePostingsAndFrequencies() throws {
        var builder = SegmentBuilder()
        for ordinal in 0..<70_000 as Range<UInt32> {
            builder.addDocument(ordinal + 100)
            builder.add(ordinal % 3 == 0 ? "third" : "other", to: "k")
            if ordinal % 10_000 == 0 {
                for position in 0..<300 { builder.add(token: "often", position: position * 500, to: "t") }
                builder.add(token: "end", position: 200_000, to: "t")
            }
        }
        let made = builder.finish()
        let segment = try #require(made)
        #expect(builder.isEmpty)
        var kept = segment.ordinals
        kept.remove(100)
        let merged = try #require(SegmentMerger.merge([segment], keeping: kept))
        for (view, lost) in [(FieldIndexView([segment]), 0), (FieldIndexView([merged]), 1)] {
            let third = view.documents(withAnyOf: ["third"], in: "k")
            #expect(third == OrdinalSet((0..<70_000 as Range<UInt32>).filter { $0 % 3 == 0 && ($0 > 0 || lost == 0) }.map { $0 + 100 }))
            #expect(view.documentFrequency(of: "third", in: "k") == 23_334 - lost)
            let index = try #require(view.segments[0].fields["t"]?.terms)
            let list = try #require(index.postings(of: "often"))
            #expect(list.count == 7 - lost && index.totalFrequency == (7 - lost) * 301)
            var reader = PositionReader()
            list.forEach { _, posting in
                #expect(index.frequency(posting) == 300)
                var positions: [Int32] = []
                index.appendPositions(reader.places(of: posting, in: index), to: &positions)
                #expect(positions == (0..<300).map { $0 * 500 })
            }
            var cursor = PostingCursor(try #require(view.segments[0].fields["k"]?.terms?.postings(of: "third")))
            for ordinal in stride(from: 1, to: 70_000, by: 7) {
                let document = ordinal + 100 - view.segments[0].base
                #expect((cursor.posting(of: document) != nil) == (ordinal % 3 == 0))
            }
        }
    }

    @Test func tokensInOnePlaceAreOneLong() throws {
        var builder = SegmentBuilder()
        builder.addDocument(0)
        for (token, position) in [("fast", 0), ("quick", 0), ("fox", 1)] { builder.add(token: token, position: position, to: "t") }
        builder.addDocument(1)
        builder.add(token: "fox", position: 0, hasLengths: false, to: "t")
        let segment = builder.finish()
        let index = try #require(segment?.fields["t"]?.terms)
        var codes: [UInt8] = []
        index.postings(of: "fox")?.forEach { _, posting in codes.append(index.lengths[posting]) }
        #expect(codes == [2, 1] && index.totalFrequency == 4)
    }

    @Test(arguments: [0, 1, 255, 256, 5000]) func numbersAreOrdered(count: Int) {
        var generator = SeededGenerator(seed: 3)
        for bits in [8, 20, 64] as [UInt64] {
            let values = (0..<count).map { _ in Int64(bitPattern: generator.next()) >> Int64(64 - bits) }
            let expected = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }.map { UInt32($0) }
            #expect(RadixOrder.order(of: values) == expected)
        }
    }

    @Test func floatingPointNumbersKeepTheirOrder() {
        let values = [-Double.infinity, -1e300, -1, -1e-300, -0.0, 0.0, 1e-300, 1, 1e300, .infinity]
        let encoded = values.map(SortableDouble.encode)
        #expect(encoded == encoded.sorted() && Set(encoded).count == values.count)
        #expect(encoded.map(SortableDouble.decode).map(\.bitPattern) == values.map(\.bitPattern))
    }
}
