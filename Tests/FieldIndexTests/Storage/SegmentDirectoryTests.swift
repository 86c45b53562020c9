import Files
import Foundation
import Ordinals
import TestSupport
import Testing

@testable import FieldIndex

@Suite struct SegmentDirectoryTests {
    private final class Folder {
        let path = FileManager.default.temporaryDirectory.path + "/fields-" + UUID().uuidString
        deinit { try? FileManager.default.removeItem(atPath: path) }
        var names: [String] { ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted() }
    }

    private func ordinals(_ segments: [Segment]) -> OrdinalSet { FieldIndexView(segments).ordinals }

    /// Two segments on disk, that cover ordinals below 10_000.
    private func written(_ folder: Folder) throws -> Model {
        let model = Model(count: 300, seed: 5, segments: 2)
        var directory = SegmentDirectory(path: folder.path)
        _ = try directory.open(limit: 0)
        let segments = try directory.write(model.view.segments, end: 10_000)
        #expect(segments.allSatisfy { $0.fileNumber != nil && $0.memory.isMapped })
        return model
    }

    @Test func whatWasWrittenIsOpened() throws {
        let folder = Folder()
        let model = try written(folder)
        var directory = SegmentDirectory(path: folder.path)
        let opening = try directory.open(limit: 10_000)
        #expect(opening.damages.isEmpty && opening.missing.isEmpty && directory.end == 10_000)
        var opened = model
        opened.view = FieldIndexView(opening.segments)
        #expect(opened.view.ordinals == model.live)
        for word in Model.words {
            #expect(opened.view.documents(withAnyOf: [word], in: "t") == model.view.documents(withAnyOf: [word], in: "t"))
            #expect(opened.view.score(ScoredTerm(field: "t", term: word), among: model.live) == model.view.score(ScoredTerm(field: "t", term: word), among: model.live))
        }
        // What came since is missing.
        var again = SegmentDirectory(path: folder.path)
        #expect(try again.open(limit: 10_500).missing == [10_000..<10_500])
    }

    @Test func onlyWhatIsNewIsWrittenAndOldFilesGo() throws {
        let folder = Folder()
        let model = try written(folder)
        #expect(folder.names == ["MANIFEST", "segment-1", "segment-2"])
        var directory = SegmentDirectory(path: folder.path)
        let opened = try directory.open(limit: 10_000).segments
        let merged = try #require(SegmentMerger.merge(opened, keeping: model.live))
        _ = try directory.write([merged], end: 10_000)
        #expect(folder.names == ["MANIFEST", "segment-3"])
        // What no manifest names is left from something that did not finish.
        try Data([1]).write(to: URL(fileURLWithPath: folder.path + "/segment-9"))
        var again = SegmentDirectory(path: folder.path)
        #expect(ordinals(try again.open(limit: 10_000).segments) == model.live)
        #expect(folder.names == ["MANIFEST", "segment-3"])
        #expect(try again.write([], end: 10_100).isEmpty)
        #expect(folder.names == ["MANIFEST"])
    }

    /// Any byte of any file: what it was in is missing, and named, and nothing else is.
    @Test func damageIsNoticed() throws {
        let intact = Folder()
        let model = try written(intact)
        var generator = SeededGenerator(seed: 2)
        for file in ["MANIFEST", "segment-1", "segment-2"] {
            let size = try #require(Path.size(of: intact.path + "/" + file))
            let places = [0, 8, 16, 40, 48, 56, 63, size - 1] + (0..<10).map { _ in Int.random(in: 0..<size, using: &generator) }
            for place in places {
                try expectDamage(intact, file, model) { $0[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator) }
            }
            for length in [0, 1, 63, size / 2, size - 8, size - 1] {
                try expectDamage(intact, file, model) { $0.removeSubrange(length...) }
            }
            try expectDamage(intact, file, model) { $0.append(0) }
        }
    }

    private func expectDamage(_ intact: Folder, _ file: String, _ model: Model, _ body: (inout Data) -> Void) throws {
        let folder = Folder()
        try FileManager.default.copyItem(atPath: intact.path, toPath: folder.path)
        let url = URL(fileURLWithPath: folder.path + "/" + file)
        var bytes = try Data(contentsOf: url)
        body(&bytes)
        try bytes.write(to: url)
        var directory = SegmentDirectory(path: folder.path)
        let opening = try directory.open(limit: 10_000)
        #expect(opening.damages.count == 1, "\(file)")
        let missing = opening.missing.reduce(into: OrdinalSet()) { $0.formUnion(OrdinalSet($1)) }
        #expect(missing.union(ordinals(opening.segments)).intersection(model.live) == model.live)
        #expect(missing.intersection(ordinals(opening.segments)).isEmpty)
        if file == "MANIFEST" { #expect(opening.missing == [0..<10_000]) }
    }

    @Test func aMissingSegmentIsNamed() throws {
        let folder = Folder()
        let model = try written(folder)
        try FileManager.default.removeItem(atPath: folder.path + "/segment-2")
        var directory = SegmentDirectory(path: folder.path)
        let opening = try directory.open(limit: 10_000)
        let lost = model.view.segments[1]
        #expect(opening.missing == [lost.firstOrdinal..<lost.endOrdinal])
        #expect(opening.damages == [.damagedFile(path: folder.path + "/segment-2", .missing)])
    }

    /// The database lost its last commits: the ordinals will be given out again.
    @Test func whatIsBeyondTheLimitIsOfAnotherHistory() throws {
        let folder = Folder()
        _ = try written(folder)
        var directory = SegmentDirectory(path: folder.path)
        let opening = try directory.open(limit: 9999)
        #expect(opening.segments.isEmpty && opening.missing == [0..<9999])
        #expect(folder.names == ["MANIFEST"])
    }
}
