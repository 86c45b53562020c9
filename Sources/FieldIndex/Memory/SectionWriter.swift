/// Gathers the sections of a segment in one piece of memory, each on a multiple of 8 bytes.
struct SectionWriter: ~Copyable {
    /// Where a section stands.
    struct Place: Equatable {
        var offset: Int
        var count: Int
    }

    private var memory: UnsafeMutableRawPointer
    private var capacity: Int
    private(set) var count = 0

    init(reserving capacity: Int = 1 << 16) {
        self.capacity = capacity
        memory = .allocate(byteCount: capacity, alignment: 64)
    }

    deinit { memory.deallocate() }

    mutating func append<Element: BitwiseCopyable>(_ elements: [Element]) -> Place {
        elements.withUnsafeBufferPointer { append($0) }
    }

    mutating func append<Element: BitwiseCopyable>(_ elements: UnsafeBufferPointer<Element>) -> Place {
        let bytes = UnsafeRawBufferPointer(elements)
        let place = Place(offset: count, count: elements.count)
        let end = count + (bytes.count + 7) / 8 * 8
        grow(to: end)
        if bytes.count > 0 {
            UnsafeMutableRawBufferPointer(start: memory + count, count: bytes.count).copyMemory(from: bytes)
        }
        // What stands between sections is part of the checksum.
        (memory + count + bytes.count).initializeMemory(as: UInt8.self, repeating: 0, count: end - count - bytes.count)
        count = end
        return place
    }

    /// Writes over what stands at an offset.
    mutating func replace(at offset: Int, with words: [UInt64]) {
        precondition(offset + 8 * words.count <= count)
        for (index, word) in words.enumerated() { memory.storeBytes(of: word, toByteOffset: offset + 8 * index, as: UInt64.self) }
    }

    func withBytes<Value>(_ range: Range<Int>, _ body: (UnsafeRawBufferPointer) -> Value) -> Value {
        body(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(start: memory, count: count)[range]))
    }

    consuming func finish() -> SegmentMemory {
        let finished = UnsafeMutableRawPointer.allocate(byteCount: max(count, 8), alignment: 64)
        finished.copyMemory(from: memory, byteCount: count)
        return SegmentMemory(owning: finished, count: count)
    }

    private mutating func grow(to needed: Int) {
        guard needed > capacity else { return }
        capacity = max(needed, 2 * capacity)
        let larger = UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: 64)
        larger.copyMemory(from: memory, byteCount: count)
        memory.deallocate()
        memory = larger
    }
}
