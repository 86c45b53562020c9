import CVectorKernels
import TestSupport
import Testing

@Suite struct BuildConnectTests {
    /// Links of nodes as records hold them.
    private struct Web {
        static let degree = 4
        let layout = cvk_sealed_layout_of(8, UInt32(Self.degree), false)
        let count: Int
        var records: [UInt8]
        var entries: [UInt32]

        init(_ links: [[UInt32]], entries: [UInt32]) {
            count = links.count
            records = [UInt8](repeating: 0xff, count: links.count * layout.record_stride)
            self.entries = entries
            for (node, list) in links.enumerated() {
                for (place, link) in list.enumerated() { set(node, place, link) }
            }
        }

        mutating func set(_ node: Int, _ place: Int, _ link: UInt32) {
            let offset = node * layout.record_stride + 4 * place
            records.withUnsafeMutableBytes { $0.storeBytes(of: link, toByteOffset: offset, as: UInt32.self) }
        }

        func links(_ node: UInt32) -> [UInt32] {
            let start = Int(node) * layout.record_stride
            let all = records.withUnsafeBytes { bytes in
                (0..<Self.degree).map { bytes.load(fromByteOffset: start + 4 * $0, as: UInt32.self) }
            }
            return Array(all.prefix { $0 < count })
        }

        mutating func connect(capacity: Int) throws {
            let known = entries.count
            entries += [UInt32](repeating: 0, count: capacity - known)
            let found = cvk_connect(layout, &records, UInt32(count), &entries, known, capacity)
            try #require(found >= known && found <= capacity)
            entries = Array(entries[..<Int(found)])
        }

        var reached: Set<UInt32> {
            var reached = Set(entries), waiting = entries
            while let node = waiting.popLast() {
                for link in links(node) where reached.insert(link).inserted { waiting.append(link) }
            }
            return reached
        }
    }

    @Test(arguments: [1, 2, 3, 5, 40], [0, 1, 4])
    func allAreReached(capacity: Int, degree: Int) throws {
        for seed in 0..<40 as Range<UInt64> {
            var generator = SeededGenerator(seed: seed)
            // Groups that no link leaves; some with full lists.
            let size = UInt32.random(in: 1...9, using: &generator)
            let links = (0..<60 as Range<UInt32>).map { node in
                let group = node / size * size
                return (0..<degree).map { _ in min(59, UInt32.random(in: group..<(group + size), using: &generator)) }
            }
            var web = Web(links, entries: [UInt32.random(in: 0..<60, using: &generator)])
            try web.connect(capacity: capacity)
            #expect(web.reached.count == 60, "seed \(seed)")
        }
    }

    /// Links are added at places that are free, before entries are.
    @Test func neighboursWithRoomAreAsked() throws {
        var web = Web([[1], [], [1]], entries: [0])
        try web.connect(capacity: 1)
        #expect(web.links(0) == [1] && web.links(1) == [2] && web.links(2) == [1] && web.entries == [0])
    }
}
