/// `metadata()`: what `ctx` has beside the source, under the names of the metadata API.
///
/// Source: https://www.elastic.co/docs/reference/scripting-languages/painless/painless-ingest-processor-context
final class MetadataObject: ScriptObject {
    /// The scripts that see it: each has members of its own.
    enum Kind {
        case ingest, change

        fileprivate var keys: [String: String] {
            var keys = ["index": "_index", "id": "_id", "routing": "_routing", "version": "_version"]
            switch self {
            case .ingest: keys["versionType"] = "_version_type"
            case .change: keys["op"] = "op"
            }
            return keys
        }
    }

    private let kind: Kind
    private let context: ScriptMap

    init(_ kind: Kind, _ context: ScriptMap) {
        (self.kind, self.context) = (kind, context)
    }

    let typeName = "org.elasticsearch.script.Metadata"
    var text: String { "metadata" }

    func member(_ name: String, _ run: Interpreter) throws(ScriptFault) -> ScriptValue? {
        if name == "now" || name == "timestamp" { return timestamp.map { .object($0) } }
        guard let key = kind.keys[name] else { return nil }
        if let value = context[key] { return value }
        // What does not exist yet has neither.
        if kind == .change, name == "routing" || name == "version" {
            throw .thrown(type: "IllegalStateException", message: "\(name) is unavailable for insert")
        }
        return .null
    }

    func setMember(_ name: String, _ value: ScriptValue, _ run: Interpreter) throws(ScriptFault) -> Bool {
        guard let key = kind.keys[name] else { return false }
        try run.put(.string(key), value, in: context)
        return true
    }

    func call(_ name: String, _ arguments: [ScriptValue], _ run: Interpreter) throws(ScriptFault) -> ScriptValue? {
        guard name.count > 3 else { return nil }
        let member = name.dropFirst(3).prefix(1).lowercased() + name.dropFirst(4)
        switch (name.prefix(3), arguments.count) {
        case ("get", 0): return try self.member(member, run)
        case ("set", 1): return try setMember(member, arguments[0], run) ? .null : nil
        default: return nil
        }
    }

    private var timestamp: DateObject? {
        switch kind {
        case .ingest:
            guard case .map(let ingest)? = context["_ingest"], case .string(let text)? = ingest["timestamp"] else { return nil }
            return DateObject(parsing: text)
        case .change:
            guard case .long(let now)? = context["_now"] else { return nil }
            return DateObject(now)
        }
    }
}
