internal import Files
internal import Foundation
internal import JSON

/// What a file says of pictures: CSV, TSV, or a JSON object a line, each with the picture's name or path.
struct FieldsTable: Sendable {
    /// The members and columns that may name the picture; the first that is there does.
    static let keys = ["relative_path", "path", "file", "file_name", "filename", "image_name"]
    /// What the import itself says.
    static let reserved: Set<String> = [
        "image_id", "image_embedding", "image_hash", "content_hash", "width", "height", "format", "file_size", "file_modified", "folder_id",
    ]
    static let largestFile = 1 << 30
    static let mostRows = 10_000_000

    private struct Row: Sendable {
        var line: Int
        var fields: JSONMembers
    }

    let path: String
    private var rows: [String: Row] = [:]

    /// Reads the file, whose ending tells its format: `.csv`, `.tsv`, `.jsonl` or `.ndjson`.
    ///
    /// - Parameter folder: the pictures' folder, which paths may begin with.
    /// - Throws: `ImportError.fields`, which names the line; `.file`.
    /// - Complexity: O(file), in memory too.
    init(reading path: String, folder: String) throws(ImportError) {
        self.path = path
        if let size = Path.size(of: path), size > Self.largestFile {
            throw .fields(path, line: nil, reason: "has more than \(Self.largestFile >> 20) MB")
        }
        let bytes = try ImportError.wrapping(File.contents(of: path))
        switch (path as NSString).pathExtension.lowercased() {
        case "csv": try read(DelimitedText(bytes), folder)
        case "tsv": try read(DelimitedText(bytes, separator: "\t"), folder)
        case "jsonl", "ndjson": try read(lines: bytes, folder)
        default: throw .fields(path, line: nil, reason: "ends with none of .csv, .tsv, .jsonl, .ndjson")
        }
    }

    var count: Int { rows.count }

    /// What is said of a picture, by its path or else by its name.
    func fields(for file: ImageFolder.File) -> JSONMembers? { (rows[file.relativePath] ?? rows[file.name])?.fields }

    /// How many rows are of no picture, and the line of the first of them.
    func unmatched(by files: [ImageFolder.File]) -> (count: Int, firstLine: Int)? {
        var names = Set(files.map(\.relativePath))
        names.formUnion(files.map(\.name))
        let rest = rows.filter { !names.contains($0.key) }
        return rest.values.map(\.line).min().map { (rest.count, $0) }
    }

    // MARK: Reading

    private mutating func read(_ text: DelimitedText, _ folder: String) throws(ImportError) {
        var text = text
        do {
            guard let header = try text.next() else { throw FieldColumn.Refusal(reason: "is empty") }
            var columns: [FieldColumn] = []
            for name in header.fields {
                let column = try Self.at(header.line) { () throws(FieldColumn.Refusal) in try FieldColumn(header: name) }
                guard !columns.contains(where: { $0.name == column.name }) else {
                    throw DelimitedText.Failure(line: header.line, reason: "names the column [\(column.name)] twice")
                }
                columns.append(column)
            }
            guard let key = Self.keys.lazy.compactMap({ key in columns.firstIndex { $0.name == key } }).first else {
                throw DelimitedText.Failure(line: header.line, reason: "has no column that names the picture: \(Self.keys.joined(separator: ", "))")
            }
            while let record = try text.next() {
                guard record.fields.count == columns.count else {
                    throw DelimitedText.Failure(
                        line: record.line, reason: "has \(record.fields.count) fields, and the header \(columns.count)")
                }
                var fields = JSONMembers()
                for (index, column) in columns.enumerated() where index != key {
                    fields[column.name] = try Self.at(record.line) { () throws(FieldColumn.Refusal) in
                        try column.value(of: record.fields[index])
                    }
                }
                try add(record.fields[key], fields, line: record.line, folder)
            }
        } catch let failure as DelimitedText.Failure {
            throw .fields(path, line: failure.line, reason: failure.reason)
        } catch {
            throw .fields(path, line: nil, reason: (error as? FieldColumn.Refusal)?.reason ?? "\(error)")
        }
    }

    private static func at<Value>(_ line: Int, _ body: () throws(FieldColumn.Refusal) -> Value) throws(DelimitedText.Failure) -> Value {
        do {
            return try body()
        } catch {
            throw DelimitedText.Failure(line: line, reason: error.reason)
        }
    }

    private mutating func read(lines bytes: [UInt8], _ folder: String) throws(ImportError) {
        var line = 0
        for text in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            line += 1
            if text.allSatisfy({ $0 == 0x20 || $0 == 0x0D || $0 == 0x09 }) { continue }
            guard text.count <= DelimitedText.longestField else {
                throw .fields(path, line: line, reason: "has more than \(DelimitedText.longestField) bytes")
            }
            guard let object = (try? JSONDocument(parsing: text))?.root.object else {
                throw .fields(path, line: line, reason: "is not a JSON object")
            }
            guard let key = Self.keys.first(where: { object[$0] != nil }), let name = object[key]?.string else {
                throw .fields(path, line: line, reason: "names no picture: there is none of \(Self.keys.joined(separator: ", "))")
            }
            let members = JSONMembers(object.lazy.filter { $0.key != key }.map { ($0.key, JSONValue($0.value)) })
            do {
                try add(name, members, line: line, folder)
            } catch {
                throw .fields(path, line: error.line, reason: error.reason)
            }
        }
    }

    private mutating func add(
        _ name: String, _ fields: JSONMembers, line: Int, _ folder: String
    ) throws(DelimitedText.Failure) {
        var key = name.hasPrefix("./") ? String(name.dropFirst(2)) : name
        if key.hasPrefix(folder + "/") { key = String(key.dropFirst(folder.count + 1)) }
        guard !key.isEmpty else { throw DelimitedText.Failure(line: line, reason: "names no picture") }
        if let member = fields.first(where: { Self.reserved.contains($0.key) }) {
            throw DelimitedText.Failure(line: line, reason: "has a field [\(member.key)], which the import itself fills in")
        }
        if let other = rows[key] {
            throw DelimitedText.Failure(line: line, reason: "is of [\(key)], as is line \(other.line)")
        }
        guard rows.count < Self.mostRows else { throw DelimitedText.Failure(line: line, reason: "is beyond \(Self.mostRows) rows") }
        rows[key] = Row(line: line, fields: fields)
    }
}
