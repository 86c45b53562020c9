internal import AsyncHTTPClient
internal import FoundationEssentials
internal import JSON
internal import NIOCore
internal import NIOHTTP1

/// A commit and its files.
struct HubRevision: Equatable {
    let commit: String
    let files: [HubFile]
}

extension HubClient {
    private static let largestPage = 32 << 20
    private static let mostPages = 200
    private static let mostFiles = 100_000

    /// The commit that the revision stands for, with the list of its files.
    ///
    /// - Throws: `HubError`.
    func resolvedRevision() async throws(HubError) -> HubRevision {
        // Git has no name with two points in it.
        guard (1...256).contains(revision.utf8.count), revision != ".", !revision.contains(".."),
            let escaped = Self.escaped(revision, keeping: "")
        else { throw .invalidRevision(revision) }
        let start = "\(endpoint.url)/api/models/\(model)"
        let info = try await page("\(start)/revision/\(escaped)")
        guard let commit = info.document.root.object?["sha"]?.string, HubFile.isHexadecimal(commit, digits: 40) else {
            throw HubError.unexpectedAnswer(url: info.url.absoluteString, reason: "it names no commit")
        }
        return HubRevision(commit: commit, files: try await files("\(start)/tree/\(commit)?recursive=true"))
    }

    private func files(_ address: String) async throws(HubError) -> [HubFile] {
        var files: [HubFile] = [], next: String? = address, base: URL?
        for _ in 0..<Self.mostPages {
            guard let address = next else { return files }
            let page = try await page(address, relativeTo: base)
            guard let entries = page.document.root.array else {
                throw .unexpectedAnswer(url: page.url.absoluteString, reason: "it is not a list of files")
            }
            for case let entry? in entries.lazy.map(\.object) where entry["type"]?.string == "file" {
                guard let file = HubFile(entry) else {
                    throw .unexpectedAnswer(url: page.url.absoluteString, reason: "a file lacks its size or its checksum")
                }
                files.append(file)
            }
            guard files.count <= Self.mostFiles else { break }
            (next, base) = (page.next, page.url)
        }
        throw .unexpectedAnswer(url: address, reason: "the list of files does not end")
    }

    /// A JSON answer.
    private struct Page {
        let document: JSONDocument
        /// The address of the next one.
        let next: String?
        let url: URL
    }

    private func page(_ address: String, relativeTo base: URL? = nil) async throws(HubError) -> Page {
        let answer = try await get(address, relativeTo: base)
        let url = answer.url.absoluteString
        do {
            let bytes = try await answer.response.body.collect(upTo: Self.largestPage)
            return Page(
                document: try JSONDocument(parsing: bytes.readableBytesView),
                next: answer.response.headers["Link"].lazy.compactMap { LinkHeader.next(in: $0) }.first, url: answer.url)
        } catch is JSONError {
            throw .unexpectedAnswer(url: url, reason: "it is not JSON")
        } catch is NIOTooManyBytesError {
            throw .unexpectedAnswer(url: url, reason: "it has more than \(Self.largestPage) bytes")
        } catch {
            throw .unreachable(host: answer.url.host() ?? "", reason: Self.words(of: error))
        }
    }

    /// The address of a file's content.
    func address(of path: String, at commit: String) -> String {
        "\(endpoint.url)/\(model)/resolve/\(commit)/\(Self.escaped(path, keeping: "/") ?? path)"
    }

    /// Percent-encodes all but RFC 3986's unreserved characters and `kept`; nil for text with control characters.
    static func escaped(_ text: String, keeping kept: String) -> String? {
        let plain = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~\(kept)".utf8)
        var escaped = ""
        for byte in text.utf8 {
            guard byte >= 0x20, byte != 0x7F else { return nil }
            if plain.contains(byte) {
                escaped.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                escaped += byte < 16 ? "%0" : "%"
                escaped += String(byte, radix: 16, uppercase: true)
            }
        }
        return escaped
    }
}
