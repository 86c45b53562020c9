internal import CVectorKernels

/// What a sealed part consists of, in the order of its file: numbers that say how to read it, and sections.
struct SealedContent: @unchecked Sendable {
    /// What the file says before its sections.
    struct Facts: Equatable {
        var dimensions: Int
        var degree: Int
        var hasCodes: Bool
        var nodes: Int
        var duplicates: Int
        var entries: Int
        /// Of the rotation.
        var seed: UInt64
        /// Standard deviations of the estimates' errors, for a query of length 1.
        var sketchError: Float = 0
        var codeError: Float = 0

        var layout: cvk_sealed_layout { cvk_sealed_layout_of(UInt32(dimensions), UInt32(degree), hasCodes) }

        /// Where sections begin and how many bytes they have: centre, sketches, records, ordinals, duplicates, entries.
        private var sections: [Range<Int>] {
            let layout = layout
            var end = 0
            return [
                dimensions * 4, nodes * layout.sketch_stride, nodes * layout.record_stride, nodes * 4, duplicates * 8,
                entries * 4,
            ].map { bytes in
                let start = (end + 4095) / 4096 * 4096
                end = start + bytes
                return start..<end
            }
        }

        var byteCount: Int { sections.last?.upperBound ?? 0 }

        func range(of section: Section) -> Range<Int> { sections[section.rawValue] }

        /// Where a node's links begin in the records.
        func linksOffset(of node: Int) -> Int { node * layout.record_stride + 64 * layout.blocks }
    }

    enum Section: Int, CaseIterable {
        case centre, sketches, records, ordinals, duplicates, entries
    }

    let facts: Facts
    /// All sections: in memory of its own, or a file's.
    let bytes: UnsafeRawBufferPointer
    /// Keeps the bytes where they are.
    let owner: any Sendable & AnyObject
    /// Of the memory that parts may hold; nil for what is mapped, or was just built.
    var share: ResidentBudget.Share?

    func section<Element: BitwiseCopyable>(_ section: Section, of type: Element.Type) -> UnsafeBufferPointer<Element> {
        UnsafeRawBufferPointer(rebasing: bytes[facts.range(of: section)]).bindMemory(to: type)
    }
}

extension SealedContent {
    /// The nodes that a node's record leads to.
    func links(of node: Int) -> [UInt32] {
        let bytes = section(.records, of: UInt8.self), offset = facts.linksOffset(of: node)
        let list = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(bytes)[offset..<(offset + 4 * facts.degree)])
        return list.bindMemory(to: UInt32.self).prefix { $0 < facts.nodes }.map { $0 }
    }
}

extension HugeMemory {
    /// A section of a part that is being built here.
    func section<Element: BitwiseCopyable>(
        _ section: SealedContent.Section, of facts: SealedContent.Facts, as type: Element.Type
    ) -> UnsafeMutableBufferPointer<Element> {
        let range = facts.range(of: section)
        return elements(type, at: range.lowerBound, count: range.count / MemoryLayout<Element>.stride)
    }
}
