internal import JSON
internal import Scripts

/// Reads definitions of processors.
struct ProcessorDecoder {
    /// The types of processors that there are, in order.
    static let types = [
        "append", "bytes", "convert", "csv", "date", "date_index_name", "dissect", "dot_expander", "drop", "fail", "foreach", "grok",
        "gsub", "html_strip", "image", "inference", "join", "json", "kv", "lowercase", "pipeline", "remove", "rename", "reroute",
        "script", "set", "sort", "split", "terminate", "trim", "uppercase", "urldecode",
    ]
    /// Processors within processors.
    private static let maximumDepth = 20

    /// Looks up stored scripts.
    let storedScript: @Sendable (ScriptReference) throws -> Script
    private var depth = 0

    init(storedScript: @escaping @Sendable (ScriptReference) throws -> Script) {
        self.storedScript = storedScript
    }

    /// A list of `{"kind": {…}}`.
    func processors(_ list: [JSONValue]) throws(IngestFault) -> [Processor] {
        var nested = self
        nested.depth += 1
        guard nested.depth <= Self.maximumDepth else { throw .tooMuch }
        if list.contains(where: { ($0.object?.count ?? 0) > 1 }) { throw .severalProcessorsInOne }
        var processors: [Processor] = []
        for value in list {
            guard let object = value.object else { throw .notAProcessor }
            for member in object {
                // `{"drop": null}` cannot be meant; a script may be written as a text alone.
                guard let options = member.value.object ?? (member.key == "script" ? member.value.string.map { ["source": .string($0)] } : nil)
                else { throw .notAProcessor }
                processors.append(try nested.processor(member.key, options))
            }
        }
        return processors
    }

    private func processor(_ name: String, _ members: JSONMembers) throws(IngestFault) -> Processor {
        var options = Options(name, members)
        let tag = try options.text("tag"), description = try options.string("description")
        let ignoresFailure = try options.flag("ignore_failure")
        let condition = try options.take("if").map { (value) throws(IngestFault) in try script(value, options) }
        var onFailure: [Processor] = []
        if let list = try options.array("on_failure") {
            guard !list.isEmpty else { throw .emptyOnFailure(processor: name, tag: tag) }
            onFailure = try processors(list)
        }
        let kind = try kind(name, &options)
        try options.finish()
        return Processor(
            kind: kind, name: name, tag: tag, description: description, condition: condition, ignoresFailure: ignoresFailure,
            onFailure: onFailure)
    }

    private func kind(_ name: String, _ options: inout Options) throws(IngestFault) -> ProcessorKind {
        switch name {
        case "set": return .set(try SetProcessor(&options))
        case "append": return .append(try AppendProcessor(&options))
        case "remove": return .remove(try RemoveProcessor(&options))
        case "rename": return .renaming(try RenameProcessor(&options))
        case "convert": return .convert(try ConvertProcessor(&options))
        case "date": return .date(try DateProcessor(&options))
        case "date_index_name": return .dateIndexName(try DateIndexNameProcessor(&options))
        case "foreach":
            let path = try options.path(), ignoresMissing = try options.flag("ignore_missing")
            guard let inner = try options.object("processor") else { throw options.missing("processor") }
            guard let processor = try processors([.object(inner)]).first, inner.count == 1 else { throw .notAProcessor }
            return .foreach(ForeachProcessor(field: path, processor: processor, ignoresMissing: ignoresMissing))
        case "drop": return .drop
        case "terminate": return .terminate
        case "reroute": return .reroute(try RerouteProcessor(&options))
        case "fail": return .fail(try options.template("message"))
        case "json": return .json(try JSONProcessor(&options))
        case "kv": return .keyValue(try KeyValueProcessor(&options))
        case "csv": return .csv(try CSVProcessor(&options))
        case "sort": return .sort(try SortProcessor(&options))
        case "script": return .script(try script(&options))
        case "pipeline":
            return .pipeline(try options.template("name"), ignoresMissing: try options.flag("ignore_missing_pipeline"))
        case "dot_expander": return .dotExpander(try DotExpanderProcessor(&options))
        case "dissect": return .dissect(try DissectProcessor(&options))
        case "grok": return .grok(try GrokProcessor(&options))
        case "image": return .image(try ImageProcessor(&options))
        case "inference": return .inference(try InferenceProcessor(&options))
        default:
            guard let text = try TextProcessor(name, &options) else { throw .unknownProcessor(name, tag: options.tag) }
            return .text(text)
        }
    }

    private func script(_ options: inout Options) throws(IngestFault) -> IngestScript {
        let language = try options.string("lang"), id = try options.string("id")
        let parameters = ScriptParameters(try options.object("params") ?? [:])
        let inline = try options.string("inline")
        guard let source = try options.string("source") ?? inline else {
            guard let id else { throw options.missing("source") }
            return try compile(.stored(id: id, parameters: parameters))
        }
        guard let known = ScriptLanguage(rawValue: language ?? "painless") else {
            throw options.bad("lang", .notSupported(language ?? ""))
        }
        return try compile(.inline(Script(source, language: known, parameters: parameters)))
    }

    /// A condition: a text, or an object as scripts have.
    private func script(_ value: JSONValue, _ options: Options) throws(IngestFault) -> IngestScript {
        if let text = value.string { return try compile(.inline(Script(text))) }
        guard let object = value.object else { throw options.wrong("if", "string", value) }
        var inner = Options(options.processor, object)
        let script = try script(&inner)
        try inner.finish()
        return script
    }

    private func compile(_ reference: ScriptReference) throws(IngestFault) -> IngestScript {
        do {
            return try IngestScript(try storedScript(reference))
        } catch let error as ScriptError {
            throw .script(error)
        } catch {
            throw .inference(error)
        }
    }
}
