internal import FieldIndex
internal import Foundation
internal import GRDB
internal import Logging
internal import Mapping
internal import Ordinals

/// Opens a shard's field index, and makes anew what its files lack, from the documents themselves.
struct FieldRecovery {
    /// Documents that go into a segment.
    private static let segmentDocuments = 65_536

    let directory: String
    let store: DocumentStore
    let mapping: Mapping
    let logger: Logger

    static func path(in directory: String) -> String { directory + "/fields" }

    /// - Parameters:
    ///   - live: documents that are there.
    ///   - end: ordinals before it were given out.
    func run(live: OrdinalSet, end: UInt32) throws(ShardError) -> (segments: [Segment], directory: SegmentDirectory) {
        var files = SegmentDirectory(path: Self.path(in: directory))
        let opening: SegmentDirectory.Opening
        do throws(FieldIndexError) {
            opening = try files.open(limit: end)
        } catch {
            throw ShardError(error)
        }
        for damage in opening.damages {
            logger.warning("making an unusable field index anew", metadata: ["reason": .string(String(describing: damage))])
        }
        var segments = opening.segments
        for range in opening.missing { segments += try rebuild(range, live) }
        segments.sort { $0.firstOrdinal < $1.firstOrdinal }
        return (segments, files)
    }

    private func rebuild(_ range: Range<UInt32>, _ live: OrdinalSet) throws(ShardError) -> [Segment] {
        let parser = DocumentParser(mapping: mapping, isLenient: true)
        var builder = SegmentBuilder()
        var segments: [Segment] = []
        var count = 0
        try store.read { database in
            try store.eachDocument(in: range, among: live, parsedBy: parser, database) { ordinal, document, _ in
                IndexedDocument(document, ordinal: ordinal).add(to: &builder)
                count += 1
                if builder.documentCount >= Self.segmentDocuments, let segment = builder.finish() { segments.append(segment) }
            }
        }
        if let segment = builder.finish() { segments.append(segment) }
        if count > 0 {
            logger.info(
                "indexing documents that the last flush does not cover", metadata: ["documents": .stringConvertible(count)])
        }
        return segments
    }
}

extension ShardError {
    /// Field indexes are derived: only what the system refuses is an error for long.
    init(_ error: FieldIndexError) {
        switch error {
        case .file(let cause): self = .file(cause)
        case .damagedFile(let path, let damage): self = .damagedFile(path: path, reason: String(describing: damage))
        case .unsupportedVersion(let path, let version): self = .unsupportedFormat(path: path, version: Int64(clamping: version))
        }
    }
}
