internal import Dispatch
internal import FieldIndex
internal import Ordinals
internal import Synchronization

extension ShardFields {
    /// Merges what is due: small segments at once, large ones beside.
    func merge(
        _ content: inout Content, _ ordinals: OrdinalSet, alive: @escaping @Sendable () -> OrdinalSet,
        install: @escaping @Sendable (FieldIndexView) -> Void
    ) {
        while true {
            // While some are merged elsewhere, those after them may be merged here.
            let first = content.merging.map { merging in
                content.segments.firstIndex { $0.firstOrdinal >= merging.upperBound } ?? content.segments.count
            } ?? 0
            let facts = content.segments[first...].map { $0.facts(alive: ordinals) }
            guard let choice = policy.choice(facts) else { return }
            let run = (first + choice.lowerBound)..<(first + choice.upperBound)
            let documents = facts[choice].reduce(0) { $0 + $1.documents }
            if documents <= smallMerge || facts[choice].allSatisfy({ $0.documents == $0.dead }) {
                let merged = SegmentMerger.merge(Array(content.segments[run]), keeping: ordinals)
                content.segments.replaceSubrange(run, with: merged.map { [$0] } ?? [])
            } else {
                if content.merging == nil { mergeBeside(Array(content.segments[run]), ordinals, &content, alive, install) }
                return
            }
        }
    }

    private func mergeBeside(
        _ segments: [Segment], _ ordinals: OrdinalSet, _ content: inout Content,
        _ alive: @escaping @Sendable () -> OrdinalSet, _ install: @escaping @Sendable (FieldIndexView) -> Void
    ) {
        guard let first = segments.first, let last = segments.last else { return }
        content.merging = first.firstOrdinal..<last.endOrdinal
        merger.async { [self] in
            let merged = SegmentMerger.merge(segments, keeping: ordinals)
            queue.async { [self] in
                self.content.withLock { content in
                    content.merging = nil
                    guard let run = content.segments.run(of: segments) else { return }
                    content.segments.replaceSubrange(run, with: merged.map { [$0] } ?? [])
                    merge(&content, alive(), alive: alive, install: install)
                    install(FieldIndexView(content.segments))
                }
            }
        }
    }

    /// Merges all into one, or writes anew what holds many dead documents.
    ///
    /// - Parameter deadShare: nil: all become one, as far as one may hold them.
    func forceMerge(
        alive: @escaping @Sendable () -> OrdinalSet, onlyWithDeadShare deadShare: Double? = nil,
        install: @escaping @Sendable (FieldIndexView) -> Void
    ) async {
        await withCheckedContinuation { continuation in
            queue.async { [self] in
                content.withLock { content in
                    let ordinals = alive()
                    if let deadShare {
                        content.segments = content.segments.compactMap { segment in
                            let facts = segment.facts(alive: ordinals)
                            return Double(facts.dead) > deadShare * Double(facts.documents)
                                ? SegmentMerger.merge([segment], keeping: ordinals) : segment
                        }
                    } else if content.segments.count > 1 || content.segments.contains(where: { $0.facts(alive: ordinals).dead > 0 }) {
                        content.segments = SegmentMerger.runs(of: content.segments).compactMap {
                            SegmentMerger.merge($0, keeping: ordinals)
                        }
                    }
                    install(FieldIndexView(content.segments))
                }
                continuation.resume()
            }
        }
    }
}

extension Segment {
    fileprivate func facts(alive: OrdinalSet) -> MergePolicy.Facts {
        .init(documents: documentCount, dead: documentCount - ordinals.intersectionCount(alive), bytes: byteCount)
    }
}

extension [Segment] {
    /// Where segments of the same documents stand in this list, one after the other; nil if some were merged since.
    fileprivate func run(of segments: [Segment]) -> Range<Int>? {
        guard let first = segments.first, let start = firstIndex(where: { $0.firstOrdinal == first.firstOrdinal }),
            start + segments.count <= count
        else { return nil }
        let isSame = zip(self[start...], segments).allSatisfy {
            $0.firstOrdinal == $1.firstOrdinal && $0.endOrdinal == $1.endOrdinal && $0.documentCount == $1.documentCount
        }
        return isSame ? start..<(start + segments.count) : nil
    }
}
