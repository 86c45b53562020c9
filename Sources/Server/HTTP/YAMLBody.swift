internal import JSON
internal import Yams

/// Reads YAML bodies as far as they hold what JSON can.
enum YAMLBody {
    enum Failure: Error, Equatable {
        case malformed(String)
    }

    /// What a text may grow to by its aliases.
    private static let growth = 16

    /// The reader compares keys as they are written out, so that aliases of aliases cost time before anything is counted here.
    /// So few of them can make a text at most twenty times as long.
    private static let mostAliases = 8

    /// How many aliases there can be at most, where there are anchors: texts that only look like them count, too.
    private static func aliases(in text: String) -> Int {
        var found = 0, hasAnchors = false
        var before = UInt8(ascii: "\n")
        for byte in text.utf8 {
            if " \t\r\n[{,:?-".utf8.contains(before) {
                if byte == UInt8(ascii: "*") { found += 1 }
                if byte == UInt8(ascii: "&") { hasAnchors = true }
            }
            before = byte
        }
        return hasAnchors ? found : 0
    }

    /// - Throws: `Failure`.
    static func value(_ text: String) throws(Failure) -> JSONValue {
        guard aliases(in: text) <= mostAliases else { throw .malformed("too many aliases") }
        let root: Node?
        do {
            root = try Yams.compose(yaml: text)
        } catch {
            throw .malformed("\(error)")
        }
        guard let root else { return .null }
        var room = max(1024, text.utf8.count * growth)
        return try value(root, depth: 0, &room)
    }

    private static func value(_ node: Node, depth: Int, _ room: inout Int) throws(Failure) -> JSONValue {
        room -= 1
        guard depth < 256, room > 0 else { throw .malformed("too deep, or too much by aliases") }
        switch node {
        case .scalar(let scalar):
            room -= scalar.string.utf8.count
            return self.scalar(node, scalar)
        case .sequence(let sequence):
            var values: [JSONValue] = []
            for item in sequence { values.append(try value(item, depth: depth + 1, &room)) }
            return .array(values)
        case .mapping(let mapping):
            var pairs: [(String, JSONValue)] = []
            for (key, item) in mapping {
                guard let name = key.scalar?.string else { throw .malformed("a key is no text") }
                pairs.append((name, try value(item, depth: depth + 1, &room)))
            }
            return .object(JSONMembers(pairs))
        default: throw .malformed("an alias leads nowhere")
        }
    }

    private static func scalar(_ node: Node, _ scalar: Node.Scalar) -> JSONValue {
        guard scalar.style == .plain || scalar.style == .any else { return .string(scalar.string) }
        switch scalar.string {
        case "", "~", "null", "Null", "NULL": return .null
        case "true", "True", "TRUE": return .bool(true)
        case "false", "False", "FALSE": return .bool(false)
        default: break
        }
        if let number = Int(scalar.string) { return .int(number) }
        let first = scalar.string.utf8.first ?? 0
        let isNumber = (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) || "+-.".utf8.contains(first)
        if isNumber, let number = Double(scalar.string), number.isFinite { return .double(number) }
        return .string(scalar.string)
    }
}
