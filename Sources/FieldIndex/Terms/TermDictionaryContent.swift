/// Sorted terms while they are being written.
struct TermDictionaryContent {
    private var starts: [UInt32] = [0]
    private var bytes: [UInt8] = []

    var count: Int { starts.count - 1 }

    mutating func append(_ term: UnsafeBufferPointer<UInt8>) {
        bytes.append(contentsOf: term)
        starts.append(UInt32(bytes.count))
    }

    func write(into writer: inout SectionWriter, _ directory: inout DirectoryWriter) {
        directory.write(writer.append(starts))
        directory.write(writer.append(bytes))
    }
}
