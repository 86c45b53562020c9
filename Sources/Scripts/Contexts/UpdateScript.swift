public import JSON

/// A script that changes a document: of `_update`, `_update_by_query`, `_reindex`.
public final class UpdateScript: Sendable {
    /// What the script finds and leaves beside the source: `ctx.op`, `ctx._id`, `ctx._index`, …
    public struct Metadata: Equatable, Sendable {
        public var members: JSONMembers

        /// - Parameter members: `op` and the metadata fields, by the names that `ctx` has.
        public init(_ members: JSONMembers) {
            self.members = members
        }
    }

    /// What the script has made of the document.
    public struct Outcome: Equatable, Sendable {
        public var source: JSONValue
        public var metadata: Metadata
        /// `ctx.op`: `index`, `create`, `none`, `noop` or `delete`; whatever the script says.
        public var operation: String? { metadata.members["op"]?.string }
    }

    private let compiled: CompiledScript

    public var script: Script { compiled.script }

    /// - Throws: `ScriptError`.
    public init(_ script: Script) throws(ScriptError) {
        compiled = try CompiledScript(script, ContextEnvironment.surroundings)
    }

    private init(_ compiled: CompiledScript) {
        self.compiled = compiled
    }

    /// The same text with other parameters, without reading it again.
    public func with(_ parameters: ScriptParameters) -> UpdateScript { UpdateScript(compiled.with(parameters)) }

    /// Runs the script on a document's source.
    ///
    /// - Parameters:
    ///   - source: an object.
    ///   - now: milliseconds since 1970-01-01T00:00Z, for `ctx._now`.
    /// - Throws: `ScriptError`; nothing is changed then.
    public func run(source: JSONValue, metadata: Metadata, now: Int64 = 0) throws(ScriptError) -> Outcome {
        let context = ScriptMap()
        for member in metadata.members { context[member.key] = ScriptValue(member.value) }
        if context["_now"] == nil { context["_now"] = .long(now) }
        context["_source"] = ScriptValue(source)
        let environment = ContextEnvironment(compiled.script.parameters, context, .change)
        let run = Interpreter(compiled.program, environment)
        do throws(ScriptFault) {
            return try run.run { (_) throws(ScriptFault) in
                let source = try context["_source"]?.json(run.budget) ?? .null
                var members = JSONMembers()
                for (key, value) in context.pairs where key != .string("_source") && key != .string("_now") {
                    members[try key.value.text(run.budget)] = try value.json(run.budget)
                }
                return Outcome(source: source, metadata: Metadata(members))
            }
        } catch {
            throw compiled.error(error, run)
        }
    }
}

/// What scripts that change a document see: `ctx` and `params`, both their own, and places in it.
final class ContextEnvironment: ScriptEnvironment {
    static let surroundings = ScriptSurroundings(globals: ["params", "ctx"], functions: ["metadata": 0...0, "field": 1...1, "$": 2...2])

    private let parameters: ScriptValue
    private let context: ScriptMap
    private let kind: MetadataObject.Kind

    init(_ parameters: ScriptParameters, _ context: ScriptMap, _ kind: MetadataObject.Kind) {
        self.kind = kind
        let members = parameters.members.map { (ScriptMap.Key.string($0.name), $0.value.scriptValue(isFrozen: false)) }
        self.parameters = .map(ScriptMap(isFrozen: false, members))
        self.context = context
    }

    func global(_ name: String) throws(ScriptFault) -> ScriptValue {
        switch name {
        case "params": parameters
        case "ctx": .map(context)
        default: throw .unknownSymbol(name)
        }
    }

    func call(_ name: String, _ arguments: [ScriptValue], _ run: Interpreter) throws(ScriptFault) -> ScriptValue {
        switch name {
        case "metadata": return .object(MetadataObject(kind, context))
        case "field": return .object(try field(arguments[0], run))
        case "$": return try field(arguments[0], run).call("get", [arguments[1]], run) ?? arguments[1]
        default: throw .unknownCall(name: name, arguments: arguments.count)
        }
    }

    private func field(_ path: ScriptValue, _ run: Interpreter) throws(ScriptFault) -> WriteFieldObject {
        // A pipeline's context is the document; others have it as a member.
        var root = context
        if kind == .change {
            guard case .map(let source)? = context["_source"] else { throw .nullReference("_source") }
            root = source
        }
        return try WriteFieldObject(try path.text(run.budget), in: root)
    }
}
