internal import Files
internal import Foundation
internal import JSON

/// A query, and the pictures that are good answers to it.
struct LabelledQuery: Equatable, Sendable {
    var content: QueryContent
    /// By the picture's id, relative path or name: 0 for a bad answer, greater for better ones.
    var ratings: [String: Int]
}

extension LabelledQuery {
    /// Reads a file of JSON objects, one a line: `words` or `image` (a path from the file's folder), and `relevant` (a list of
    /// pictures) or `ratings` (an object of pictures and whole numbers).
    ///
    /// - Throws: `LabelledQueryError`.
    static func read(_ path: String) throws(LabelledQueryError) -> [LabelledQuery] {
        let bytes: [UInt8]
        do {
            bytes = try File.contents(of: path)
        } catch {
            throw .file(path, reason: error.systemReason)
        }
        let folder = Path.parent(of: path)
        var queries: [LabelledQuery] = []
        for (number, line) in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
            if line.allSatisfy({ $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\r") }) { continue }
            guard let query = LabelledQuery(Array(line), folder: folder) else { throw .line(path, number: number + 1) }
            queries.append(query)
        }
        if queries.isEmpty { throw .file(path, reason: "it holds no queries") }
        return queries
    }

    /// Nil where the line is not what `read` takes.
    private init?(_ line: [UInt8], folder: String) {
        guard let object = (try? JSONDocument(parsing: line))?.root.object else { return nil }
        switch (object["words"]?.string, object["image"]?.string) {
        case (let words?, nil) where words.contains(where: { !$0.isWhitespace }): content = .words(words)
        case (nil, let image?): content = .image(image.hasPrefix("/") ? image : Path.join(folder, image))
        default: return nil
        }
        ratings = [:]
        for name in object["relevant"]?.array.map(Array.init) ?? [] {
            guard let name = name.string else { return nil }
            ratings[name] = 1
        }
        if let rated = object["ratings"]?.object {
            for (name, rating) in rated {
                guard let rating = rating.int, (0...30).contains(rating) else { return nil }
                ratings[name] = rating
            }
        }
        if ratings.isEmpty { return nil }
    }
}

enum LabelledQueryError: Error, Equatable, CustomStringConvertible {
    case file(String, reason: String)
    case line(String, number: Int)

    var description: String {
        switch self {
        case .file(let path, let reason): "\(path): \(reason)"
        case .line(let path, let number):
            "\(path), line \(number): wanted is an object with \"words\" or \"image\", and \"relevant\" or \"ratings\" (0 to 30)"
        }
    }
}
