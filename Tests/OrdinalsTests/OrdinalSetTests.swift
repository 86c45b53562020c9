import TestSupport
import Testing

@testable import Ordinals

@Suite struct OrdinalSetTests {
    @Test func insertsAndRemoves() {
        var set = OrdinalSet()
        #expect(set.isEmpty && set.first == nil && set.last == nil)
        let inserted = [130, 130, 0].map { set.insert($0) }
        #expect(inserted == [true, false, true])
        #expect(set.count == 2 && set.contains(130) && !set.contains(129) && !set.contains(.max))
        #expect(set.first == 0 && set.last == 130)
        let removed = [130, 130, .max].map { set.remove($0) }
        #expect(removed == [true, false, false])
        #expect(set == [0])
    }

    @Test(arguments: [0..<0, 0..<1, 0..<63, 0..<64, 0..<65, 5..<64, 63..<64, 64..<128, 70..<300] as [Range<UInt32>])
    func ranges(range: Range<UInt32>) {
        let set = OrdinalSet(range)
        #expect(Array(set) == Array(range))
        #expect(set.count == range.count)
        #expect(set == OrdinalSet(Array(range)))
    }

    @Test func copiesAreValues() {
        let original: OrdinalSet = [1, 2]
        var copy = original
        copy.insert(3)
        #expect(original.count == 2 && copy.count == 3)
    }

    @Test(arguments: 0..<20)
    func equalsTheStandardSet(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        func random(_ generator: inout SeededGenerator) -> Set<UInt32> {
            let limit = UInt32.random(in: 1...400, using: &generator)
            let count = Int.random(in: 0...200, using: &generator)
            return Set((0..<count).map { _ in .random(in: 0..<limit, using: &generator) })
        }
        let a = random(&generator), b = random(&generator)
        let x = OrdinalSet(a), y = OrdinalSet(b)
        #expect(Array(x) == a.sorted())
        #expect(x.count == a.count && x.first == a.min() && x.last == a.max())
        #expect(x.union(y) == OrdinalSet(a.union(b)))
        #expect(x.intersection(y) == OrdinalSet(a.intersection(b)))
        #expect(x.intersectionCount(y) == a.intersection(b).count)
        #expect(x.subtracting(y) == OrdinalSet(a.subtracting(b)))
        #expect(x.isSubset(of: y) == a.isSubset(of: b))
        #expect(x.intersection(y).isSubset(of: y))
        var visited: [UInt32] = []
        x.forEach { visited.append($0) }
        #expect(visited == a.sorted())
        var changed = x
        changed.formUnion(y)
        changed.formIntersection(x)
        changed.subtract(y)
        #expect(changed == x.subtracting(y))
        for ordinal in a.shuffled(using: &generator) {
            let wasThere = changed.remove(ordinal)
            #expect(wasThere != y.contains(ordinal))
        }
        #expect(changed.isEmpty && changed == OrdinalSet())
    }
}
