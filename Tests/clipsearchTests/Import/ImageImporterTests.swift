import Files
import Foundation
import ImagePreprocessing
import Indices
import Inference
import JSON
import NIOCore
import TestSupport
import Testing
import Threads

@testable import clipsearch

/// Imports into a whole node, over HTTP.
@Suite struct ImageImporterTests {
    private static let names = ["tiger.jpg", "apple.jpg", "balloons.jpg", "aladdin-lamp.jpg"]

    private static func pictures(_ names: [String] = names) throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        for name in names { try folder.copy("\(Repository.root)/Samples/\(name)", to: name) }
        return folder
    }

    private static func importer(
        _ folder: TemporaryFolder, _ client: ElasticsearchClient, readsAll: Bool = false
    ) async throws -> ImageImporter {
        let order = FolderImport(folder: ImageFolder(path: folder.path), index: "photos", model: "fake", client: client)
        return ImageImporter(
            index: try await PictureIndex("photos", model: "fake", client: client), embedder: FakeEmbedder(), fields: PictureFields(),
            folderID: order.folderID, pool: BlockingPool(threads: 2, name: "test"), readsAll: readsAll, batchSize: 2)
    }

    private static func run(_ folder: TemporaryFolder, _ client: ElasticsearchClient, readsAll: Bool = false) async throws -> ImageImporter.Summary {
        try await importer(folder, client, readsAll: readsAll).run(ImageFolder(path: folder.path).files())
    }

    @Test func onlyWhatIsNewOrChangedIsWritten() async throws {
        try await withTestNode { client in
            let folder = try Self.pictures()
            try folder.write("broken.png", "no picture".utf8)
            let first = try await Self.run(folder, client)
            #expect(first.imported == 4 && first.failed.map(\.relativePath) == ["broken.png"])
            let again = try await Self.run(folder, client)
            #expect(again.unchanged == 4 && again.imported == 0 && again.failed.count == 1)
            let read = try await Self.run(folder, client, readsAll: true)
            #expect(read.unchanged == 4 && read.imported == 0)

            // Another picture in place of one, and words of another.
            let before = try await client.documents(of: "photos")
            try Path.remove(folder.path + "/apple.jpg")
            try folder.copy("\(Repository.root)/Samples/swan.jpg", to: "apple.jpg")
            try folder.write("captions.json", #"{"tiger.jpg":{"caption":"a tiger","keywords":["cat"]}}"#.utf8)
            let changed = try await Self.run(folder, client)
            #expect(changed.imported == 1 && changed.updated == 1 && changed.unchanged == 2)
            let after = try await client.documents(of: "photos")
            #expect(after.count == 4)
            #expect(after["tiger.jpg"]?["caption"] == "a tiger" && after["tiger.jpg"]?["keywords"] == ["cat"])
            #expect(after["tiger.jpg"]?["image_embedding"] == before["tiger.jpg"]?["image_embedding"])
            #expect(after["tiger.jpg"]?["width"] == before["tiger.jpg"]?["width"] && after["tiger.jpg"]?["format"] == "jpeg")
            #expect(after["apple.jpg"]?["image_hash"] != before["apple.jpg"]?["image_hash"])
        }
    }

    @Test func anInterruptedImportGoesOn() async throws {
        try await withTestNode { client in
            let folder = try Self.pictures()
            let files = try ImageFolder(path: folder.path).files()
            let part = try await Self.importer(folder, client).run(Array(files.prefix(2)))
            #expect(part.imported == 2)
            // Nothing was refreshed, as after a kill.
            let rest = try await Self.run(folder, client)
            #expect(rest.imported == 2 && rest.unchanged == 2)
            #expect(try await client.documents(of: "photos").count == 4)
        }
    }

    /// A run that nobody gives fields is none that takes them away.
    @Test func whatWasSaidStaysWhereNothingIs() async throws {
        try await withTestNode { client in
            let folder = try Self.pictures(["tiger.jpg"])
            try folder.write("captions.json", #"{"tiger.jpg":"a tiger"}"#.utf8)
            #expect(try await Self.run(folder, client).imported == 1)
            try Path.remove(folder.path + "/captions.json")
            #expect(try await Self.run(folder, client).unchanged == 1)
            #expect(try await client.documents(of: "photos")["tiger.jpg"]?["caption"] == "a tiger")
            // Another file that leaves it out does.
            try folder.write("captions.json", #"{"other.jpg":"another"}"#.utf8)
            #expect(try await Self.run(folder, client).updated == 1)
            #expect(try await client.documents(of: "photos")["tiger.jpg"]?["caption"] == nil)
        }
    }

    @Test func aTouchedFileKeepsItsVector() async throws {
        try await withTestNode { client in
            let folder = try Self.pictures(["tiger.jpg"])
            _ = try await Self.run(folder, client)
            let bytes = try File.contents(of: folder.path + "/tiger.jpg")
            try Path.remove(folder.path + "/tiger.jpg")
            try folder.write("tiger.jpg", bytes)
            let again = try await Self.run(folder, client)
            #expect(again.updated == 1 && again.imported == 0)
            #expect(try await Self.run(folder, client).unchanged == 1)
        }
    }

    /// The document that a moved picture's vector is looked for in may have lost it.
    @Test func aMovedPictureWhoseVectorIsLostIsEmbedded() async throws {
        try await withTestNode { client in
            let folder = try Self.pictures(["tiger.jpg", "apple.jpg"])
            _ = try await Self.run(folder, client)
            let id = ImportedImage.id(of: .init(relativePath: "tiger.jpg", path: ""))
            let script = "ctx._source.remove('image_embedding')"
            _ = try await client.call("POST", "/photos/_update/\(id)", ["script": ["source": .string(script)]])
            try Path.rename(folder.path + "/tiger.jpg", to: folder.path + "/moved.jpg")
            try Path.rename(folder.path + "/apple.jpg", to: folder.path + "/also-moved.jpg")
            var importer = try await Self.importer(folder, client)
            let remover = DocumentRemover(index: importer.index, folderID: importer.folderID)
            let images = ImageFolder(path: folder.path)
            importer.gone = try await remover.missing(in: images.listing())
            let summary = try await importer.run(images.files())
            #expect(summary.imported == 1 && summary.updated == 1 && summary.failed == [])
            #expect(try await remover.remove(importer.gone) == 2)
            let documents = try await client.documents(of: "photos")
            #expect(documents.keys.sorted() == ["also-moved.jpg", "moved.jpg"])
            #expect(documents.values.allSatisfy { $0["image_embedding"] != nil })
        }
    }

    @Test func documentsOfOtherFoldersStay() async throws {
        try await withTestNode { client in
            let one = try Self.pictures(["tiger.jpg", "apple.jpg"]), other = try Self.pictures(["balloons.jpg"])
            _ = try await Self.run(one, client)
            _ = try await Self.run(other, client)
            try Path.remove(one.path + "/apple.jpg")
            let importer = try await Self.importer(one, client)
            let remover = DocumentRemover(index: importer.index, folderID: importer.folderID)
            #expect(try await remover.documents(of: ["balloons.jpg"]) == [:])
            let missing = try await remover.missing(in: ImageFolder(path: one.path).listing())
            #expect(try await remover.remove(missing) == 1)
            #expect(try await client.documents(of: "photos").keys.sorted() == ["balloons.jpg", "tiger.jpg"])
        }
    }

    @Test func aFolderAndItsIndexStayInStep() async throws {
        try await withTestNode { client in
            let folder = try Self.pictures(["tiger.jpg", "apple.jpg"])
            let images = ImageFolder(path: folder.path)
            let scan = try FolderScan(images, fields: nil)
            let importer = try await Self.importer(folder, client)
            _ = try await importer.run(images.files())
            var watcher = FolderWatcher(
                images, fields: nil, inStepWith: scan, remover: DocumentRemover(index: importer.index, folderID: importer.folderID),
                importer: { importer.with($0) })
            #expect(await watcher.look() == nil)
            try folder.copy("\(Repository.root)/Samples/swan.jpg", to: "new.jpg")
            try Path.rename(folder.path + "/tiger.jpg", to: folder.path + "/moved.jpg")
            #expect(await watcher.look() == nil, "not settled")
            let before = try await client.documents(of: "photos")
            #expect(await watcher.look() == .inStep(imported: 1, updated: 1, deleted: 1, failed: []), "what was moved keeps its vector")
            let after = try await client.documents(of: "photos")
            #expect(after.keys.sorted() == ["apple.jpg", "moved.jpg", "new.jpg"])
            for field in ["image_embedding", "image_hash", "width", "format"] {
                #expect(after["moved.jpg"]?[field] == before["tiger.jpg"]?[field])
            }
            #expect(await watcher.look() == nil)

            try folder.write("captions.json", #"{"apple.jpg":"an apple"}"#.utf8)
            _ = await watcher.look()
            #expect(await watcher.look() == .inStep(imported: 0, updated: 1, deleted: 0, failed: []))

            // A folder that is away, as a disk that is not mounted, takes nothing out of the index.
            try Path.rename(folder.path, to: folder.path + ".away")
            #expect(await watcher.look() == .folderAway)
            #expect(await watcher.look() == nil)
            try Path.rename(folder.path + ".away", to: folder.path)
            #expect(await watcher.look() == .folderBack)
            #expect(try await client.documents(of: "photos").count == 3)
        }
    }

    @Test func bothPlacesMakeTheSameVectors() async throws {
        try await withTestNode(model: "compact") { client in
            let folder = try Self.pictures(["tiger.jpg", "apple.jpg"])
            try folder.write("broken.png", "no picture".utf8)
            let images = ImageFolder(path: folder.path)
            var order = FolderImport(folder: images, index: "by-node", model: "compact", client: client)
            let byNode = try await order.makeImporter(checkedBy: images.files())(PictureFields()).run(images.files())
            (order.index, order.place, order.modelFolders) = ("here", .here, [Repository.root + "/Models"])
            let here = try await order.makeImporter(checkedBy: images.files())(PictureFields()).run(images.files())
            for summary in [byNode, here] { #expect(summary.imported == 2 && summary.failed.map(\.relativePath) == ["broken.png"]) }
            #expect(byNode.failed.first?.reason.isEmpty == false && here.failed.first?.reason.isEmpty == false)
            let nodes = try await StoredPictures(client: client, index: "by-node").contents(of: images.files().map(ImportedImage.id))
            let ours = try await StoredPictures(client: client, index: "here").contents(of: images.files().map(ImportedImage.id))
            #expect(nodes.count == 2)
            for (id, content) in nodes {
                #expect(EmbedderAgreement.cosine(content.embedding, ours[id]?.embedding ?? []) > 0.9999)
                #expect(content.size == ours[id]?.size && content.format == ours[id]?.format)
            }
            let id = ImportedImage.id(of: .init(relativePath: "tiger.jpg", path: ""))
            #expect(try await client.send("GET", "/here/_image/\(id)/_thumbnail").status == 200)
        }
    }

    @Test(arguments: [false, true], [false, true]) func bothPlacesTurnPicturesAlike(isHere: Bool, isThere: Bool) async throws {
        try await withTestNode(model: "compact", appliesOrientation: isThere) { client in
            let folder = try TemporaryFolder()
            let tiger = try File.contents(of: "\(Repository.root)/Samples/tiger.jpg")
            try folder.write("tiger.jpg", EmbedderAgreement.laidOnItsSide(jpeg: tiger))
            let images = ImageFolder(path: folder.path), files = try images.files()
            var order = FolderImport(folder: images, index: "by-node", model: "compact", client: client)
            _ = try await order.makeImporter(checkedBy: files)(PictureFields()).run(files)
            (order.index, order.place, order.modelFolders) = ("here", .here, [Repository.root + "/Models"])
            order.appliesOrientation = isHere
            let settled = order
            guard isHere == isThere else {
                #expect(await thrownCase { _ = try await settled.makeImporter(checkedBy: files) } == "otherOrientation")
                return
            }
            #expect(try await settled.makeImporter(checkedBy: files)(PictureFields()).run(files).imported == 1)
            let there = try await client.documents(of: "by-node")["tiger.jpg"], here = try await client.documents(of: "here")["tiger.jpg"]
            let vectors = [there, here].map { $0?["image_embedding"]?.floats ?? [] }
            #expect(EmbedderAgreement.cosine(vectors[0], vectors[1]) > 0.999)
            // As it is shown, whatever the model saw.
            let stored = try ImageHeader(reading: tiger)
            for document in [there, here] { #expect(document?["width"] == .int(stored.height) && document?["height"] == .int(stored.width)) }
            let id = ImportedImage.id(of: files[0])
            let copies = try await [client.send("GET", "/by-node/_image/\(id)/_thumbnail"), client.send("GET", "/here/_image/\(id)/_thumbnail")]
            for copy in copies {
                let header = try ImageHeader(reading: Array(copy.body.readableBytesView))
                #expect((header.width < header.height) == (stored.width > stored.height), "upright once, and not twice")
            }
        }
    }

    /// By path order the first batch is refused as a whole.
    @Test func refusedDocumentsDoNotEndTheImport() async throws {
        try await withTestNode { client in
            let mapping: JSONValue = ["mappings": ["properties": ["caption": ["type": "integer"]]]]
            _ = try await client.call("PUT", "/photos", mapping)
            let folder = try Self.pictures()
            try folder.write("captions.json", #"{"aladdin-lamp.jpg":"a lamp","apple.jpg":"an apple"}"#.utf8)
            for imported in [2, 0] {
                let summary = try await Self.run(folder, client)
                #expect(summary.imported == imported && summary.unchanged == 2 - imported)
                #expect(summary.failed.map(\.relativePath).sorted() == ["aladdin-lamp.jpg", "apple.jpg"])
            }
        }
    }

    @Test func anIndexThatRefusesAllEndsIt() async throws {
        try await withTestNode { client in
            let folder = try Self.pictures()
            _ = try await Self.run(folder, client)
            _ = try await client.call("PUT", "/photos/_settings", ["index.blocks.write": true])
            try folder.write("captions.json", #"{"tiger.jpg":"a tiger"}"#.utf8)
            #expect(await thrownCase { _ = try await Self.run(folder, client) } == "refused")
        }
    }

    @Test func anotherModelIsToldFromTheNodes() async throws {
        let folder = try Self.pictures(["tiger.jpg"])
        let vector = JSONValue.floats((0..<384).map { $0 % 2 == 0 ? 1 : -1 })
        try await FakeElasticsearch.answering([
            "POST /_ml/trained_models/compact/_infer": [.init(body: ["inference_results": [["predicted_value": vector]]])],
            "GET /photos/_mapping": [.init(status: 404, body: [:])],
        ]) { [images = ImageFolder(path: folder.path)] fake in
            var order = FolderImport(folder: images, index: "photos", model: "compact", client: ElasticsearchClient(url: fake.url))
            (order.place, order.modelFolders) = (.here, [Repository.root + "/Models"])
            let files = try images.files()
            let settled = order
            #expect(await thrownCase { _ = try await settled.makeImporter(checkedBy: files) } == "otherModel")
        }
        withExtendedLifetime(folder) {}
    }
}
