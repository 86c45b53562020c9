import Testing

@testable import FieldIndex

@Suite struct MergePolicyTests {
    private func facts(_ documents: Int, dead: Int = 0, bytes: Int? = nil) -> MergePolicy.Facts {
        .init(documents: documents, dead: dead, bytes: bytes ?? 100 * documents)
    }

    /// However many segments come, few are there, and each document is merged few times.
    @Test(arguments: [1, 100, 2000]) func segmentsStayFew(size: Int) {
        let policy = MergePolicy()
        var segments: [MergePolicy.Facts] = []
        var merged = 0
        for count in 1...3000 {
            segments.append(facts(size))
            while let choice = policy.choice(segments) {
                let documents = segments[choice].reduce(0) { $0 + $1.documents }
                merged += documents
                segments.replaceSubrange(choice, with: [facts(documents)])
            }
            #expect(segments.reduce(0) { $0 + $1.documents } == count * size)
            #expect(segments.count <= 7 * 6)
        }
        #expect(merged <= 3000 * size * (size == 1 ? 200 : 8))
    }

    @Test func theDeadAreDropped() {
        let policy = MergePolicy()
        #expect(policy.choice([facts(10_000, dead: 5000), facts(10_000)]) == 0..<1)
        #expect(policy.choice([facts(10_000, dead: 2000), facts(10_000)]) == nil)
        #expect(policy.choice([facts(10_000), facts(10, dead: 10)]) == 1..<2)
        #expect(policy.choice([]) == nil)
    }

    @Test func theLargestAreLeftAlone() {
        let policy = MergePolicy()
        let large = facts(10_000_000, bytes: 1 << 30)
        #expect(policy.choice([MergePolicy.Facts](repeating: large, count: 20)) == nil)
        let choice = policy.choice([MergePolicy.Facts](repeating: facts(1_000_000, bytes: 1 << 28), count: 8))
        #expect(choice == 0..<4)
    }
}
