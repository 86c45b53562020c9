internal import Files
internal import Foundation
internal import JSON

/// What `captions.json` files beside pictures say of them.
///
/// The file maps a picture's file name to its caption, or to an object with `caption` or `title`, and optionally
/// `keywords` and `author`.
final class Captions {
    static let fileName = "captions.json"
    private static let copiedKeys = ["keywords", "author"]

    private var byFolder: [String: JSONObject?] = [:]

    /// The document fields for a picture: `caption`, `keywords`, `author`, as far as they are given.
    ///
    /// - Throws: `ImportError.captions` for a file that is no such object, `.file`.
    func fields(for file: ImageFolder.File) throws -> JSONMembers {
        guard let entry = try captions(in: file.folder)?[file.name] else { return [:] }
        if let caption = entry.string { return ["caption": .string(caption)] }
        guard let object = entry.object else { return [:] }
        var fields = JSONMembers()
        fields["caption"] = (object["caption"] ?? object["title"]).map { JSONValue($0) }
        for key in Self.copiedKeys {
            fields[key] = object[key].map { JSONValue($0) }
        }
        return fields
    }

    /// Whether there is no file beside a picture.
    func isSilent(of file: ImageFolder.File) throws -> Bool { try captions(in: file.folder) == nil }

    private func captions(in folder: String) throws -> JSONObject? {
        if let known = byFolder[folder] { return known }
        let path = folder + "/" + Self.fileName
        let data: [UInt8]
        if Path.size(of: path) != nil, !Path.isFile(path) { throw ImportError.notAFile(path) }
        do {
            data = try File.contents(of: path)
        } catch where error.isMissing {
            byFolder[folder] = .some(nil)
            return nil
        } catch {
            throw ImportError.file(error)
        }
        guard let captions = (try? JSONDocument(parsing: data))?.root.object else {
            throw ImportError.captions(path, reason: "is not a JSON object of file names and captions")
        }
        byFolder[folder] = captions
        return captions
    }
}
