import Files
import Foundation
import JSON
import TestSupport
import Testing
import Threads

@testable import clipsearch

/// Two folders whose pictures have the same names, in one index.
@Suite struct FoldersOfOneIndexTests {
    /// A folder with one picture, `1.jpg`, and what imports it.
    private struct Source {
        let folder: TemporaryFolder
        let hash: String

        init(_ sample: String) throws {
            folder = try TemporaryFolder()
            try folder.copy("\(Repository.root)/Samples/\(sample)", to: "1.jpg")
            hash = ImportedImage.hash(try File.contents(of: folder.path + "/1.jpg"))
        }

        var images: ImageFolder { ImageFolder(path: folder.path) }

        func importer(_ client: ElasticsearchClient, _ embedder: any PictureEmbedder = FakeEmbedder()) async throws -> ImageImporter {
            let order = FolderImport(folder: images, index: "two", model: "fake", client: client)
            return ImageImporter(
                index: try await PictureIndex("two", model: "fake", client: client), embedder: embedder, fields: PictureFields(),
                folderID: order.folderID, pool: BlockingPool(threads: 2, name: "test"))
        }

        func run(_ client: ElasticsearchClient) async throws -> ImageImporter.Summary {
            try await importer(client).run(images.files())
        }

        func delete(_ client: ElasticsearchClient) async throws -> Int {
            let importer = try await importer(client)
            let remover = DocumentRemover(index: importer.index, folderID: importer.folderID)
            return try await remover.remove(remover.missing(in: images.listing()))
        }
    }

    @Test func eachKeepsItsPictures() async throws {
        try await withTestNode { client in
            let one = try Source("tiger.jpg"), other = try Source("apple.jpg")
            for source in [one, other] { #expect(try await source.run(client).imported == 1) }
            let ids = try await client.hashes(of: "two")
            #expect(Set(ids.values) == [one.hash, other.hash])
            #expect(ids[ImportedImage.id(of: .init(relativePath: "1.jpg", path: ""))] == one.hash, "as if it were alone")
            for source in [one, other, one] { #expect(try await source.run(client) == ImageImporter.Summary(unchanged: 1)) }
            #expect(try await client.hashes(of: "two") == ids)

            // What is gone from one stays of the other, which keeps its id.
            try Path.remove(one.folder.path + "/1.jpg")
            #expect(try await other.delete(client) == 0)
            #expect(try await one.delete(client) == 1)
            #expect(try await client.hashes(of: "two").values.sorted() == [other.hash])
            #expect(try await other.run(client) == ImageImporter.Summary(unchanged: 1))
            try one.folder.copy("\(Repository.root)/Samples/swan.jpg", to: "1.jpg")
            #expect(try await one.run(client).imported == 1)
            try Path.remove(other.folder.path + "/1.jpg")
            #expect(try await other.delete(client) == 1)
            #expect(try await client.hashes(of: "two").count == 1)
        }
    }

    @Test func eachIsWatched() async throws {
        try await withTestNode { client in
            let sources = [try Source("tiger.jpg"), try Source("apple.jpg")]
            var watchers: [FolderWatcher] = []
            for source in sources {
                let scan = try FolderScan(source.images, fields: nil)
                _ = try await source.run(client)
                let importer = try await source.importer(client)
                watchers.append(
                    FolderWatcher(
                        source.images, fields: nil, inStepWith: scan, remover: DocumentRemover(index: importer.index, folderID: importer.folderID),
                        importer: { importer.with($0) }))
            }
            for (number, sample) in [(1, "swan.jpg"), (0, "balloons.jpg")] {
                try Path.remove(sources[number].folder.path + "/1.jpg")
                try sources[number].folder.copy("\(Repository.root)/Samples/\(sample)", to: "1.jpg")
                #expect(await watchers[number].look() == nil, "not settled")
                #expect(await watchers[number].look() == .inStep(imported: 1, updated: 0, deleted: 0, failed: []))
                #expect(try await client.hashes(of: "two").count == 2)
            }
            for number in [0, 1] {
                try Path.remove(sources[number].folder.path + "/1.jpg")
                _ = await watchers[number].look()
                #expect(await watchers[number].look() == .inStep(imported: 0, updated: 0, deleted: 1, failed: []))
                #expect(try await client.hashes(of: "two").count == 1 - number)
            }
        }
    }

    /// Both see an index without the picture, and one is faster.
    @Test func bothAreImportedAtATime() async throws {
        try await withTestNode { client in
            let one = try Source("tiger.jpg"), other = try Source("apple.jpg"), files = try one.images.files()
            let faster = try await other.importer(client), fasterFiles = try other.images.files()
            let slower = try await one.importer(client, InterruptedEmbedder { _ = try await faster.run(fasterFiles) })
            #expect(try await slower.run(files) == ImageImporter.Summary(imported: 1))
            #expect(try await Set(client.hashes(of: "two").values) == [one.hash, other.hash])
            for source in [one, other] { #expect(try await source.run(client).unchanged == 1) }
        }
    }

    @Test func aFolderThatWasMovedKeepsItsDocuments() async throws {
        try await withTestNode { client in
            let source = try Source("tiger.jpg")
            _ = try await source.run(client)
            let before = try await client.hashes(of: "two"), moved = try Source("tiger.jpg")
            try Path.remove(moved.folder.path + "/1.jpg")
            try Path.rename(source.folder.path + "/1.jpg", to: moved.folder.path + "/1.jpg")
            #expect(try await moved.run(client) == ImageImporter.Summary(updated: 1))
            #expect(try await moved.run(client) == ImageImporter.Summary(unchanged: 1))
            #expect(try await client.hashes(of: "two") == before)
        }
    }

    /// Pictures without compression are often of one size, and what comes out of an archive of one time.
    @Test func sizesAndTimesDoNotMakeAPictureAnothers() async throws {
        try await withTestNode { client in
            let sources = [try Source("tiger.jpg"), try Source("apple.jpg")]
            let size = try #require(sources.compactMap { Path.size(of: $0.folder.path + "/1.jpg") }.max())
            for source in sources {
                let path = source.folder.path + "/1.jpg", bytes = try File.contents(of: path)
                try source.folder.write("1.jpg", bytes + [UInt8](repeating: 0, count: size - bytes.count))
                try FileManager.default.setAttributes([.modificationDate: Date(timeIntervalSince1970: 1_000_000)], ofItemAtPath: path)
                #expect(try await source.run(client).imported == 1)
            }
            #expect(try await Set(client.hashes(of: "two").values).count == 2)
        }
    }
}
