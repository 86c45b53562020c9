internal import Files
internal import JSON

/// Reads a folder's files, with errors that name them.
struct TokenizerFiles {
    let folder: String

    func path(_ name: String) -> String { "\(folder)/\(name)" }

    func has(_ name: String) -> Bool { Path.isFile(path(name)) }

    func object(_ name: String) throws(TokenizerError) -> JSONObject {
        let document: JSONDocument
        do {
            document = try JSONDocument(wideningIntegersOf: try bytes(name))
        } catch let error as TokenizerError {
            throw error
        } catch {
            throw .malformed(file: path(name), reason: "\(error)")
        }
        guard let object = document.root.object else { throw .malformed(file: path(name), reason: "not an object") }
        return object
    }

    /// The lines without their ends; an end after the last one adds none.
    func lines(_ name: String) throws(TokenizerError) -> [String] {
        var lines = try bytes(name).split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { line in
            String(decoding: line.last == UInt8(ascii: "\r") ? line.dropLast() : line, as: UTF8.self)
        }
        if lines.last?.isEmpty == true { lines.removeLast() }
        return lines
    }

    func bytes(_ name: String) throws(TokenizerError) -> [UInt8] {
        try TokenizerError.wrapping(File.contents(of: path(name)))
    }
}
