internal import JSON

/// `json`: reads a text as JSON.
struct JSONProcessor: Sendable {
    let field: FieldPath
    let target: FieldPath
    let addsToRoot: Bool
    let replaces: Bool
    let takesDuplicateKeys: Bool
    /// Whether nothing may follow the value.
    let isStrict: Bool

    init(_ options: inout Options) throws(IngestFault) {
        field = try options.path()
        let target = try options.optionalPath("target_field")
        addsToRoot = try options.flag("add_to_root")
        if addsToRoot, target != nil { throw options.bad("target_field", .exclusive("add_to_root")) }
        self.target = target ?? field
        let strategy = try options.string("add_to_root_conflict_strategy")
        guard strategy == nil || strategy == "replace" || strategy == "merge" else {
            throw options.bad("add_to_root_conflict_strategy", .notOneOf(strategy ?? "", ["replace", "merge"]))
        }
        replaces = strategy != "merge"
        takesDuplicateKeys = try options.flag("allow_duplicate_keys")
        isStrict = try options.flag("strict_json_parsing", default: true)
    }

    func run(_ document: inout IngestDocument) throws(IngestFault) {
        let held = try document.value(at: field)
        // What is no text is read as it would be written.
        guard let text = held.isNull ? "null" : held.plainText else { throw .notJSON(held.templateText) }
        let value = try read(text)
        guard addsToRoot else { return try document.set(target, value) }
        guard let object = value.object else { throw .notJSONObject }
        for member in object {
            let path = try FieldPath(member.key)
            if !replaces, let former = document.find(path)?.object, let new = member.value.object {
                try document.set(path, .object(Self.merged(former, new)))
            } else {
                try document.set(path, member.value)
            }
        }
    }

    private func read(_ text: String) throws(IngestFault) -> JSONValue {
        let whole = try? JSONDocument(parsing: text)
        guard let parsed = whole ?? (isStrict ? nil : try? JSONDocument(parsing: Self.firstValue(of: text))) else { throw .notJSON(text) }
        if !takesDuplicateKeys, let key = Self.duplicateKey(in: parsed.root) { throw .duplicateKey(key) }
        return JSONValue(parsed.root)
    }

    /// What the objects share is merged again.
    private static func merged(_ former: JSONMembers, _ new: JSONMembers) -> JSONMembers {
        var merged = former
        for member in new {
            if let inner = former[member.key]?.object, let other = member.value.object {
                merged[member.key] = .object(Self.merged(inner, other))
            } else {
                merged[member.key] = member.value
            }
        }
        return merged
    }

    /// The text up to where its first value ends.
    private static func firstValue(of text: String) -> String {
        let bytes = Array(text.utf8), start = bytes.firstIndex { !isSpace($0) } ?? 0
        var depth = 0, isQuoted = false, index = start
        while index < bytes.count {
            let byte = bytes[index]
            if isQuoted {
                if byte == UInt8(ascii: "\\") { index += 1 } else if byte == UInt8(ascii: "\"") { isQuoted = false }
            } else if byte == UInt8(ascii: "\"") {
                isQuoted = true
            } else if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") {
                depth += 1
            } else if byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]") {
                depth -= 1
            } else if depth == 0, isSpace(byte) {
                break
            }
            index += 1
            let closes = byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]") || byte == UInt8(ascii: "\"")
            if depth <= 0, !isQuoted, closes { break }
        }
        return String(decoding: bytes[start..<min(index, bytes.count)], as: UTF8.self)
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

    private static func duplicateKey(in element: JSONElement) -> String? {
        if let members = element.object {
            var keys: Set<String> = []
            for (key, value) in members {
                if !keys.insert(key).inserted { return key }
                if let inner = duplicateKey(in: value) { return inner }
            }
        } else if let array = element.array {
            for item in array { if let inner = duplicateKey(in: item) { return inner } }
        }
        return nil
    }
}
