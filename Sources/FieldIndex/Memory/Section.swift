/// An array that lies in a segment's bytes, and keeps them alive.
struct Section<Element: BitwiseCopyable>: @unchecked Sendable {
    let elements: UnsafeBufferPointer<Element>
    private let memory: SegmentMemory?

    /// Nothing.
    init() {
        elements = UnsafeBufferPointer(start: nil, count: 0)
        memory = nil
    }

    /// - Returns: nil where the bytes end before, or the elements would not be aligned.
    init?(_ memory: SegmentMemory, offset: Int, count: Int) {
        let stride = MemoryLayout<Element>.stride
        guard offset >= 0, count >= 0, offset % 8 == 0, offset <= memory.bytes.count,
            count <= (memory.bytes.count - offset) / stride
        else { return nil }
        let bytes = UnsafeRawBufferPointer(rebasing: memory.bytes[offset..<(offset + count * stride)])
        elements = bytes.bindMemory(to: Element.self)
        self.memory = memory
    }

    private init(_ elements: UnsafeBufferPointer<Element>, of memory: SegmentMemory?) {
        self.elements = elements
        self.memory = memory
    }

    var count: Int { elements.count }

    /// The elements of a range, which is cut to what is there, as a section of their own.
    func part(_ range: Range<Int>) -> Section { Section(slice(range), of: memory) }

    /// Checked in releases too: what is asked for may come from a file.
    subscript(index: Int) -> Element {
        precondition(index >= 0 && index < elements.count)
        return elements[index]
    }

    /// The elements of a range, which is cut to what is there.
    func slice(_ range: Range<Int>) -> UnsafeBufferPointer<Element> {
        UnsafeBufferPointer(rebasing: elements[range.clamped(to: 0..<elements.count)])
    }
}
