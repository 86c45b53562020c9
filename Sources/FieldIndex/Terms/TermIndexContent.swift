/// An inverted index while it is being written: terms ascend, and the documents of each do.
struct TermIndexContent {
    private let isText: Bool
    private let hasPositions: Bool
    private var dictionary = TermDictionaryContent()
    private var firstPostings: [UInt32] = [0]
    private var containerStarts: [UInt32] = [0]
    private var containers: [UInt16] = []
    private var frequencies: [UInt8] = []
    private var lengths: [UInt8] = []
    private var largePostings: [UInt32] = []
    private var largeFrequencies: [UInt32] = []
    private var positionStarts: [UInt32] = []
    private var positions: [UInt32] = []
    private var greatestPosition: UInt32 = 0
    /// Documents of the term that is being written.
    private var documents: [UInt32] = []
    private var postings = 0
    private(set) var totalFrequency = 0

    /// - Parameter hasPositions: of a text; features have frequencies alone.
    init(isText: Bool, hasPositions: Bool = true) {
        self.isText = isText
        self.hasPositions = hasPositions
    }

    var termCount: Int { dictionary.count }

    /// Adds a document to the term that `endTerm` will name.
    ///
    /// - Parameters:
    ///   - document: counted from the segment's base.
    ///   - lengthCode: of the document in this field; for texts.
    ///   - positions: of the term in the document, ascending; for texts.
    mutating func append(
        _ document: UInt32, lengthCode: UInt8 = 0, frequency: Int = 1, positions some: some Sequence<UInt32> = EmptyCollection()
    ) {
        documents.append(document)
        totalFrequency += frequency
        if isText {
            if hasPositions, postings % TermIndex.positionBlock == 0 { positionStarts.append(UInt32(positions.count)) }
            if frequency >= TermIndex.largeFrequency {
                largePostings.append(UInt32(postings))
                largeFrequencies.append(UInt32(frequency))
            }
            frequencies.append(UInt8(clamping: frequency))
            lengths.append(lengthCode)
            for position in some {
                positions.append(position)
                greatestPosition = max(greatestPosition, position)
            }
        }
        postings += 1
    }

    /// The term of the documents since the last call; without any, nothing is written.
    mutating func endTerm(_ term: UnsafeBufferPointer<UInt8>) {
        guard !documents.isEmpty else { return }
        dictionary.append(term)
        var start = 0
        while start < documents.count {
            let upper = documents[start] >> 16
            let end = documents[start...].firstIndex { $0 >> 16 != upper } ?? documents.count
            containers.append(UInt16(truncatingIfNeeded: upper))
            containers.append(UInt16(end - start - 1))
            if end - start > PostingList.arrayLimit {
                var bitmap = [UInt16](repeating: 0, count: PostingList.bitmapUnits)
                for document in documents[start..<end] { bitmap[Int(document & 0xFFFF) >> 4] |= 1 << UInt16(document & 15) }
                containers.append(contentsOf: bitmap)
            } else {
                for document in documents[start..<end] { containers.append(UInt16(truncatingIfNeeded: document)) }
            }
            start = end
        }
        documents.removeAll(keepingCapacity: true)
        firstPostings.append(UInt32(postings))
        containerStarts.append(UInt32(containers.count))
    }

    /// - Parameter documentCount: documents that have a term.
    func write(documentCount: Int, into writer: inout SectionWriter, _ directory: inout DirectoryWriter) {
        dictionary.write(into: &writer, &directory)
        directory.write(documentCount)
        directory.write(totalFrequency)
        directory.write(writer.append(firstPostings))
        directory.write(writer.append(containerStarts))
        directory.write(writer.append(containers))
        directory.write(writer.append(frequencies))
        directory.write(writer.append(lengths))
        directory.write(writer.append(largePostings))
        directory.write(writer.append(largeFrequencies))
        directory.write(writer.append(positionStarts))
        let isNarrow = greatestPosition <= UInt16.max
        directory.write(writer.append(isNarrow ? positions.map { UInt16(truncatingIfNeeded: $0) } : []))
        directory.write(writer.append(isNarrow ? [] : positions))
    }
}
