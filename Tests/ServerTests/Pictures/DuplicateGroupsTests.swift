import Testing

@testable import Server

@Suite struct DuplicateGroupsTests {
    private func document(_ id: String) -> DuplicateGroups.Document { .init(index: "i", id: id) }

    @Test func pairsBecomeGroups() {
        var groups = DuplicateGroups()
        #expect(groups.groups.isEmpty)
        for (one, other, similarity) in [("a", "b", 0.99), ("c", "d", 1), ("b", "e", 0.97), ("e", "a", 0.98)] as [(String, String, Float)] {
            groups.join(document(one), document(other), similarity: similarity)
        }
        #expect(groups.groups == [
            .init(documents: ["a", "b", "e"].map(document), similarity: 0.97),
            .init(documents: ["c", "d"].map(document), similarity: 1),
        ])
    }

    @Test func ofEqualGroupsTheMostAlikeIsFirst() {
        var groups = DuplicateGroups()
        groups.join(document("a"), document("b"), similarity: 0.9)
        groups.join(document("c"), document("d"), similarity: 0.95)
        groups.join(document("a"), document("x"), similarity: 0.99)
        groups.join(document("c"), document("y"), similarity: 0.99)
        #expect(groups.groups.map(\.similarity) == [0.95, 0.9])
    }

    @Test func indicesTellDocumentsApart() {
        var groups = DuplicateGroups()
        groups.join(.init(index: "i", id: "1"), .init(index: "j", id: "1"), similarity: 1)
        #expect(groups.groups.first?.documents.count == 2)
    }
}
