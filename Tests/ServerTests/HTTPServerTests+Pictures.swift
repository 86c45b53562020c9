import ElasticsearchAPI
import Foundation
import FoundationNetworking
import Indices
import JSON
import TestSupport
import Testing

@testable import Server

/// Pictures over HTTP: the endpoints of our own, with a model small enough for a test.
extension HTTPServerTests {
    private static let small = Repository.fixtures + "/reference-small"

    private static func picture(_ name: String) throws -> Data {
        try Data(contentsOf: URL(filePath: "\(small)/images/\(name)"))
    }

    private func withPictures(_ folders: [String] = [], _ body: @escaping @Sendable (Client) async throws -> Void) async throws {
        try await withServer(models: [Self.small], pictureFolders: folders) { client in
            let started = try await client.send("POST", "/_ml/trained_models/clip/deployment/_start?wait_for=started&timeout=60s")
            #expect(started.status == 200)
            try await body(client)
        }
    }

    @Test func picturesAreIndexedFoundAndShown() async throws {
        try await withPictures { client in
            let names = ["png_rgb.png", "jpeg_baseline_420.jpg", "webp_lossy.webp"]
            for name in names {
                let answer = try await client.raw(
                    "POST", "/photos/_image?doc.image_name=\(name)&refresh=true", try Self.picture(name), type: "image/png")
                #expect(answer.status == 201)
            }
            let mapping = try await client.send("GET", "/photos/_mapping")
            #expect(mapping.json["photos"]?["mappings"]?["_meta"]?["clipsearch"]?["model"] == "clip")

            let asked = try Self.picture(names[1])
            let found = try await client.raw(
                "POST", "/photos/_search/image?size=2&_source=image_name,image_hash,width", asked, type: "application/octet-stream")
            let hits = try #require(found.json["hits"]?["hits"]?.array)
            #expect(hits.count == 2)
            #expect(hits[0]["_source"]?["image_name"]?.string == names[1])
            let id = try #require(hits[0]["_id"]?.string), hash = try #require(hits[0]["_source"]?["image_hash"]?.string)
            #expect(hash.hasPrefix(id) && hash.count == 64)
            let filtered = try await client.raw(
                "POST", "/photos/_search/image?filter=image_name:\(names[0])&_source=image_name", asked, type: "image/jpeg")
            #expect(filtered.json["hits"]?["hits"]?.array?.map { $0["_source"]?["image_name"]?.string } == [names[0]])

            let shown = try await client.raw("GET", "/photos/_image/\(id)")
            #expect(shown.status == 200 && shown.data == asked)
            #expect(shown.headers["Content-Type"] as? String == "image/jpeg")
            #expect(shown.headers["X-Content-Type-Options"] as? String == "nosniff")
            #expect(shown.headers["Cross-Origin-Resource-Policy"] as? String == "same-origin")
            #expect(shown.headers["Cache-Control"] as? String == "private, no-cache")
            let named = try await client.raw("GET", "/photos/_image/\(id)/_thumbnail?v=\(hash)")
            #expect(named.headers["Cache-Control"] as? String == "private, max-age=31536000, immutable")
            let tag = try #require(shown.headers["Etag"] as? String ?? shown.headers["ETag"] as? String)
            let known = try await client.raw("GET", "/photos/_image/\(id)", headers: ["If-None-Match": tag])
            #expect(known.status == 304 && known.data.isEmpty)

            // The same picture again replaces itself.
            let again = try await client.raw("POST", "/photos/_image?refresh=true", asked, type: "image/jpeg")
            #expect(again.status == 200 && again.json["_id"]?.string == id)
            #expect(try await client.send("DELETE", "/photos/_doc/\(id)").status == 200)
            #expect(try await client.raw("GET", "/photos/_image/\(id)").status == 404)
        }
    }

    /// As phones store what was taken upright.
    @Test func sizesAreThoseThatAreShown() async throws {
        let tiff: [UInt8] = Array("Exif\0\0MM\0*".utf8) + [0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0]
        let plain = try Self.picture("jpeg_baseline_420.jpg")
        let picture = Data(plain.prefix(2) + [0xFF, 0xE1, 0, UInt8(tiff.count + 2)] + tiff + plain.dropFirst(2))
        try await withPictures { client in
            #expect(try await client.raw("PUT", "/photos/_image/plain", plain, type: "image/jpeg").status == 201)
            #expect(try await client.raw("PUT", "/photos/_image/lying", picture, type: "image/jpeg").status == 201)
            for (id, width, height) in [("plain", 451, 300), ("lying", 300, 451)] {
                let source = try await client.send("GET", "/photos/_source/\(id)").json
                #expect(source["width"] == .int(width) && source["height"] == .int(height))
            }
        }
    }

    @Test func picturesThatAreNotKeptAreNotShown() async throws {
        try await withPictures { client in
            let answer = try await client.raw(
                "PUT", "/photos/_image/one?keep=false&refresh=true", try Self.picture("png_rgb.png"), type: "image/png")
            #expect(answer.status == 201)
            #expect(try await client.raw("GET", "/photos/_image/one").status == 404)
            #expect(try await client.raw("GET", "/photos/_image/one/_thumbnail").status == 200)
        }
    }

    /// Documents come from outside: only what lies below a folder, and is the picture that was indexed, is shown.
    @Test func picturesOfFoldersAreShownWhereTheyAreWhatTheyWere() async throws {
        let folder = try TemporaryFolder()
        let bytes = Array(try Self.picture("jpeg_baseline_420.jpg"))
        try folder.write("shown/a.jpg", bytes)
        try folder.write("secret.jpg", bytes)
        let hash = PictureHash(of: bytes).text
        let other = String(repeating: "0", count: 64)
        try await withPictures([folder.path + "/shown"]) { client in
            for (id, path, hash) in [("good", "a.jpg", hash), ("changed", "a.jpg", other), ("out", "../secret.jpg", "")] {
                let document = #"{"relative_path":"\#(path)","image_hash":"\#(hash)"}"#
                let made = try await client.send("PUT", "/photos/_doc/\(id)?refresh=true", document)
                #expect(made.status == 201)
            }
            let plain = try await client.send("PUT", "/photos/_doc/plain", #"{"relative_path":"a.jpg"}"#)
            #expect(plain.status == 201)
            for id in ["good", "plain"] {
                let whole = try await client.raw("GET", "/photos/_image/\(id)")
                #expect(whole.status == 200)
                let small = try await client.raw("GET", "/photos/_image/\(id)/_thumbnail")
                #expect(small.status == 200)
            }
            for id in ["changed", "out", "nobody"] {
                let whole = try await client.raw("GET", "/photos/_image/\(id)")
                #expect(whole.status == 404)
                let small = try await client.raw("GET", "/photos/_image/\(id)/_thumbnail")
                #expect(small.status == 404)
            }
        }
    }

    /// What a pipeline or a `semantic` field leaves in a document is shown without being kept anywhere else.
    @Test func picturesOfDocumentsThemselvesAreShown() async throws {
        try await withPictures { client in
            let small = try Self.picture("png_rgb.png"), large = try Self.picture("jpeg_baseline_420.jpg")
            let documents = [
                "both": #"{"image":{"thumbnail":"\#(Self.uri(small, "png"))"},"photo":"\#(Self.uri(large, "jpeg"))"}"#,
                "small": #"{"image.thumbnail":"\#(Self.uri(small, "png"))"}"#,
                "semantic": #"{"content":["words",{"type":"image","value":"\#(Self.uri(large, "jpeg"))"}]}"#,
                "none": #"{"caption":"words","photo":"data:text/html;base64,PGI+","other":"data:image/png;base64,PGI+"}"#,
            ]
            // As a `semantic` field has it: texts and objects side by side.
            let mapping = #"{"mappings":{"properties":{"content":{"type":"object","enabled":false}}}}"#
            #expect(try await client.send("PUT", "/own", mapping).status == 200)
            for (id, document) in documents { #expect(try await client.send("PUT", "/own/_doc/\(id)", document).status == 201) }
            for (id, whole, thumbnail) in [("both", large, small), ("small", small, small), ("semantic", large, large)] {
                let shown = try await client.raw("GET", "/own/_image/\(id)")
                #expect(shown.status == 200 && shown.data == whole, "\(id)")
                #expect(shown.headers["Cache-Control"] as? String == "private, no-cache")
                let copy = try await client.raw("GET", "/own/_image/\(id)/_thumbnail?v=1")
                #expect(copy.status == 200 && copy.data == thumbnail, "\(id)")
            }
            #expect(try await client.raw("GET", "/own/_image/none").status == 404)
        }
    }

    @Test func whoExpectsThatThereIsNoPictureGetsNoError() async throws {
        try await withPictures { client in
            #expect(try await client.send("PUT", "/own/_doc/a", #"{"caption":"words"}"#).status == 201)
            for path in ["/own/_image/a", "/own/_image/a/_thumbnail", "/own/_image/nobody"] {
                #expect(try await client.raw("GET", path).status == 404)
                let answer = try await client.raw("GET", path + "?ignore_missing=true")
                #expect(answer.status == 204 && answer.data.isEmpty)
                #expect(try await client.raw("GET", path + "?ignore_missing=maybe").status == 400)
            }
        }
    }

    private static func uri(_ bytes: Data, _ type: String) -> String { "data:image/\(type);base64," + bytes.base64EncodedString() }

    @Test func thumbnailsComeFromElsewhere() async throws {
        try await withPictures { client in
            let bytes = try Self.picture("png_rgb.png"), hash = PictureHash(of: Array("the picture".utf8)).text
            let path = "/photos/_image/_thumbnail/\(hash)"
            #expect(try await client.raw("PUT", path, bytes, type: "image/png").status == 404)
            #expect(try await client.send("PUT", "/photos/_doc/a", #"{"image_hash":"\#(hash)"}"#).status == 201)
            #expect(try await client.raw("GET", "/photos/_image/a/_thumbnail").status == 404)
            #expect(try await client.raw("PUT", path, bytes, type: "image/png").status == 200)
            #expect(try await client.raw("GET", "/photos/_image/a/_thumbnail").status == 200)
            #expect(try await client.raw("PUT", "/photos/_image/_thumbnail/..%2Fnode.json", bytes, type: "image/png").status == 400)
            let page = try await client.raw("PUT", path, Data("<html>".utf8), type: "image/png")
            #expect(page.status == 400)
        }
    }

    @Test func severalThumbnailsComeTogether() async throws {
        try await withPictures { client in
            let bytes = Array(try Self.picture("png_rgb.png"))
            let hashes = ["one", "two"].map { PictureHash(of: Array($0.utf8)).text }
            for (id, hash) in zip(["a", "b"], hashes) {
                #expect(try await client.send("PUT", "/photos/_doc/\(id)", #"{"image_hash":"\#(hash)"}"#).status == 201)
            }
            func put(_ parts: [(String, [UInt8])], type: String = "application/octet-stream") async throws -> Int {
                let body = ThumbnailParts.body(parts.map { .init(hash: $0.0, bytes: $0.1) })
                return try await client.raw("PUT", "/photos/_image/_thumbnail", Data(body), type: type).status
            }
            #expect(try await put(hashes.map { ($0, bytes) }) == 200)
            for id in ["a", "b"] { #expect(try await client.raw("GET", "/photos/_image/\(id)/_thumbnail").status == 200) }
            #expect(try await put([("../node.json", bytes)]) == 400)
            #expect(try await put([(hashes[0], Array("<html>".utf8))]) == 400)
            #expect(try await client.raw("PUT", "/photos/_image/_thumbnail", Data("\(hashes[0]) 9\nshort".utf8), type: "application/octet-stream").status == 400)
            // What browsers send for other sites unasked.
            #expect(try await put(hashes.map { ($0, bytes) }, type: "text/plain") == 406)
        }
    }

    @Test func duplicatesAreGrouped() async throws {
        try await withServer { client in
            let mapping = #"{"mappings":{"properties":{"v":{"type":"dense_vector","dims":2,"similarity":"cosine"},"n":{"type":"integer"},"far":{"type":"dense_vector","dims":2,"similarity":"l2_norm"}}}}"#
            #expect(try await client.send("PUT", "/i", mapping).status == 200)
            for (id, vector) in [("a", "[1,0]"), ("b", "[0.999,0.01]"), ("c", "[0,1]"), ("d", "[0.01,0.999]"), ("e", "[0.7,0.7]")] {
                #expect(try await client.send("PUT", "/i/_doc/\(id)", #"{"v":\#(vector),"n":1}"#).status == 201)
            }
            #expect(try await client.send("PUT", "/i/_doc/none?refresh=true", #"{"n":1}"#).status == 201)
            let answer = try await client.send("GET", "/i/_duplicates?field=v&threshold=0.99")
            let groups = try #require(answer.json["groups"]?.array)
            let ids = groups.map { Set(($0["documents"]?.array ?? []).compactMap { $0["_id"]?.string }) }
            #expect(ids.count == 2 && ids.contains(["a", "b"]) && ids.contains(["c", "d"]))
            #expect(answer.json["documents"]?["looked_at"] == 5 && answer.json["timed_out"] == false)
            let partial = try await client.send("GET", "/i/_duplicates?field=v&timeout=0ms")
            #expect(partial.json["timed_out"] == true && partial.json["groups"]?.array?.isEmpty == true)
            #expect(try await client.send("GET", "/i/_duplicates").status == 400)
            #expect(try await client.send("GET", "/i/_duplicates?field=far").status == 400)
            #expect(try await client.send("GET", "/none/_duplicates").status == 404)
        }
    }

    /// Vectors that documents hold as base64 are compared too; those that their sources lack are not said to have been.
    @Test func duplicatesOfWhatCanBeRead() async throws {
        try await withServer { client in
            let field = #"{"v":{"type":"dense_vector","dims":2,"similarity":"SIMILARITY"}}"#
            for (index, similarity) in [("a", "cosine"), ("far", "l2_norm")] {
                let properties = field.replacing("SIMILARITY", with: similarity)
                #expect(try await client.send("PUT", "/\(index)", #"{"mappings":{"properties":\#(properties)}}"#).status == 200)
            }
            let hidden = #"{"mappings":{"_source":{"excludes":["v"]},"properties":\#(field.replacing("SIMILARITY", with: "cosine"))}}"#
            #expect(try await client.send("PUT", "/hidden", hidden).status == 200)
            // [1, 0] in big-endian floats.
            for path in ["/a/_doc/1", "/a/_doc/2?refresh=true"] {
                #expect(try await client.send("PUT", path, #"{"v":"P4AAAAAAAAA="}"#).status == 201)
            }
            #expect(try await client.send("PUT", "/hidden/_doc/1?refresh=true", #"{"v":[1,0]}"#).status == 201)
            let found = try await client.send("GET", "/a/_duplicates").json
            #expect(found["groups"]?.array?.count == 1 && found["documents"]?["looked_at"] == 2)
            let unread = try await client.send("GET", "/hidden/_duplicates").json
            #expect(unread["documents"] == ["looked_at": 0, "total": 1] && unread["timed_out"] == false)
            #expect(try await client.send("GET", "/a,far/_duplicates").status == 400)
        }
    }

    @Test func refusedPicturesMakeNoIndexAndTheirFieldIsTheOneNamed() async throws {
        try await withPictures { client in
            let picture = try Self.picture("png_rgb.png")
            #expect(try await client.raw("POST", "/a/_image?pipeline=none", picture, type: "image/png").status == 400)
            #expect(try await client.send("HEAD", "/a").status == 404)
            #expect(try await client.raw("PUT", "/a/_image/1?field=mine&refresh=true", picture, type: "image/png").status == 201)
            let properties = try await client.send("GET", "/a/_mapping").json["a"]?["mappings"]?["properties"]
            #expect(properties?["mine"]?["type"] == "dense_vector" && properties?["image_embedding"] == nil)
            // No words are no part of what is asked.
            let plain = try await client.raw("POST", "/a/_search/image", picture, type: "image/png").json
            let blank = try await client.raw("POST", "/a/_search/image?words=%20&without=", picture, type: "image/png").json
            #expect(plain["hits"]?["max_score"] == blank["hits"]?["max_score"] && plain["hits"]?["total"]?["value"] == 1)
        }
    }

    @Test func thumbnailsAreShownWhereNothingMayBeWritten() async throws {
        try await withPictures { client in
            let picture = try Self.picture("png_rgb.png")
            #expect(try await client.raw("PUT", "/a/_image/1?refresh=true", picture, type: "image/png").status == 201)
            #expect(try await client.send("PUT", "/a/_block/write").status == 200)
            #expect(try await client.raw("GET", "/a/_image/1/_thumbnail", Data(), type: "image/png").status == 200)
        }
    }

    @Test func pictureRequestsThatCannotBe() async throws {
        try await withPictures { client in
            let picture = try Self.picture("png_rgb.png")
            #expect(try await client.raw("POST", "/a/_image", picture, type: "text/plain").status == 406)
            #expect(try await client.raw("POST", "/a/_image", Data("no picture".utf8), type: "image/png").status == 400)
            #expect(try await client.raw("POST", "/a/_image", picture.prefix(40), type: "image/png").status == 400)
            #expect(try await client.raw("POST", "/a/_image?model=none", picture, type: "image/png").status == 404)
            #expect(try await client.raw("POST", "/none/_search/image", picture, type: "image/png").status == 404)
            #expect(try await client.send("HEAD", "/a").status == 404)
        }
    }
}

extension HTTPServerTests.Client {
    struct RawAnswer {
        var status: Int
        var headers: [AnyHashable: Any]
        var data: Data
        var json: JSONValue
    }

    /// Sends bytes, and answers bytes.
    func raw(
        _ method: String, _ path: String, _ body: Data? = nil, type: String? = nil, headers: [String: String] = [:]
    ) async throws -> RawAnswer {
        var request = URLRequest(url: try #require(URL(string: "http://127.0.0.1:\(port)\(path)")))
        request.httpMethod = method
        request.httpBody = body
        request.cachePolicy = .reloadIgnoringLocalCacheData
        if let type { request.setValue(type, forHTTPHeaderField: "Content-Type") }
        for (name, value) in headers { request.setValue(value, forHTTPHeaderField: name) }
        let (data, response) = try await URLSession.shared.data(for: request)
        let http = try #require(response as? HTTPURLResponse)
        let json = (try? JSONDocument(parsing: Array(data))).map { JSONValue($0.root) } ?? .null
        return RawAnswer(status: http.statusCode, headers: http.allHeaderFields, data: data, json: json)
    }
}
