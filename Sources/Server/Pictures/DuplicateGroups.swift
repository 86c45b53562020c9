/// Documents that are joined by pairs into groups.
///
/// Disjoint sets with path halving and union by size; see Cormen et al., Introduction to Algorithms, "Data Structures for
/// Disjoint Sets".
struct DuplicateGroups {
    struct Document: Hashable, Sendable {
        var index: String
        var id: String
    }

    struct Group: Equatable {
        /// In the order in which they were met.
        var documents: [Document]
        /// The least similarity of the pairs that joined them.
        var similarity: Float
    }

    private var numbers: [Document: Int] = [:]
    private var documents: [Document] = []
    private var parents: [Int] = []
    private var sizes: [Int] = []
    private var similarities: [Float] = []

    /// Joins two documents' groups.
    ///
    /// - Complexity: O(α(documents)), amortised.
    mutating func join(_ one: Document, _ other: Document, similarity: Float) {
        var root = self.root(of: number(of: one)), child = self.root(of: number(of: other))
        if root == child { return }
        if sizes[root] < sizes[child] { swap(&root, &child) }
        parents[child] = root
        sizes[root] += sizes[child]
        similarities[root] = min(similarity, similarities[root], similarities[child])
    }

    /// The largest groups first, and of equal ones the most alike.
    var groups: [Group] {
        var members: [Int: [Document]] = [:]
        var copy = self
        for number in documents.indices { members[copy.root(of: number), default: []].append(documents[number]) }
        return members.map { Group(documents: $0.value, similarity: similarities[$0.key]) }.sorted {
            ($0.documents.count, $0.similarity, $1.documents[0].id) > ($1.documents.count, $1.similarity, $0.documents[0].id)
        }
    }

    private mutating func number(of document: Document) -> Int {
        if let known = numbers[document] { return known }
        let number = documents.count
        numbers[document] = number
        documents.append(document)
        parents.append(number)
        sizes.append(1)
        similarities.append(1)
        return number
    }

    private mutating func root(of number: Int) -> Int {
        var number = number
        while parents[number] != number {
            parents[number] = parents[parents[number]]
            number = parents[number]
        }
        return number
    }
}
