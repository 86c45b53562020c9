/// Gathers the terms of one field, in the order of documents, and inverts them.
struct TermFieldBuilder {
    let isText: Bool
    let hasPositions: Bool
    private var table = TermTable()
    /// Documents that have a term, by their ordinals, ascending.
    private var documents: [UInt32] = []
    /// Of each of them, for texts.
    private var lengthCodes: [UInt8] = []
    private var length = 0
    /// Of each occurrence: the term, the index of the document, and, for texts, the position; for features, the weight.
    private var terms: [UInt32] = []
    private var owners: [UInt32] = []
    private var positions: [UInt32] = []

    init(isText: Bool, hasPositions: Bool = true) {
        self.isText = isText
        self.hasPositions = hasPositions
    }

    var byteCount: Int { table.byteCount + 12 * terms.count }

    mutating func addKeyword(_ term: String, ordinal: UInt32) {
        begin(ordinal)
        terms.append(table.number(of: term))
        owners.append(UInt32(documents.count - 1))
    }

    /// Adds a token of a text; positions do not descend within a document.
    mutating func addToken(_ term: String, position: UInt32, hasLengths: Bool, countsOverlaps: Bool = false, ordinal: UInt32) {
        let isNew = begin(ordinal)
        if isNew { lengthCodes.append(0) }
        // Tokens in one place count once, as in Lucene, where nothing else is said.
        length = isNew ? 1 : length + (position == positions.last && !countsOverlaps ? 0 : 1)
        lengthCodes[lengthCodes.count - 1] = hasLengths ? LengthCode.encode(length) : 1
        terms.append(table.number(of: term))
        owners.append(UInt32(documents.count - 1))
        positions.append(position)
    }

    mutating func addFeature(_ name: String, weight: UInt32, ordinal: UInt32) {
        if begin(ordinal) { lengthCodes.append(1) }
        terms.append(table.number(of: name))
        owners.append(UInt32(documents.count - 1))
        positions.append(weight)
    }

    @discardableResult
    private mutating func begin(_ ordinal: UInt32) -> Bool {
        if documents.last == ordinal { return false }
        documents.append(ordinal)
        return true
    }

    /// - Parameter base: the ordinal of document 0.
    func write(
        base: UInt32, span: Int, into writer: inout SectionWriter, _ directory: inout DirectoryWriter
    ) {
        let order = table.sorted()
        var ranks = [UInt32](repeating: 0, count: order.count)
        for (rank, number) in order.enumerated() { ranks[Int(number)] = UInt32(rank) }
        writeIndex(order, ranks, base, into: &writer, &directory)
        directory.write(!isText)
        if !isText {
            var column = ColumnContent<UInt32>()
            for (term, owner) in zip(terms, owners) { column.append(ranks[Int(term)], document: documents[Int(owner)] - base) }
            column.sortWithinDocuments(isDistinct: true)
            column.write(span: span, into: &writer, &directory)
        }
    }

    private func writeIndex(
        _ order: [UInt32], _ ranks: [UInt32], _ base: UInt32, into writer: inout SectionWriter,
        _ directory: inout DirectoryWriter
    ) {
        // Occurrences by term: those of one term keep the order of documents and positions.
        var ends = [Int](repeating: 0, count: order.count + 1)
        for term in terms { ends[Int(ranks[Int(term)]) + 1] += 1 }
        for rank in ends.indices.dropFirst() { ends[rank] += ends[rank - 1] }
        var next = ends
        var occurrences = [UInt32](repeating: 0, count: terms.count)
        for (occurrence, term) in terms.enumerated() {
            let rank = Int(ranks[Int(term)])
            occurrences[next[rank]] = UInt32(occurrence)
            next[rank] += 1
        }
        var content = TermIndexContent(isText: isText, hasPositions: hasPositions)
        for (rank, number) in order.enumerated() {
            var index = ends[rank]
            while index < ends[rank + 1] {
                let owner = owners[Int(occurrences[index])]
                var end = index + 1
                while end < ends[rank + 1], owners[Int(occurrences[end])] == owner { end += 1 }
                let document = documents[Int(owner)] - base
                if isText, !hasPositions {
                    let weight = occurrences[index..<end].reduce(0) { max($0, positions[Int($1)]) }
                    content.append(document, lengthCode: 1, frequency: Int(weight))
                } else if isText {
                    content.append(
                        document, lengthCode: lengthCodes[Int(owner)], frequency: end - index,
                        positions: occurrences[index..<end].lazy.map { positions[Int($0)] })
                } else {
                    content.append(document)
                }
                index = end
            }
            table.utf8(Int(number)) { content.endTerm($0) }
        }
        content.write(documentCount: documents.count, into: &writer, &directory)
    }
}
