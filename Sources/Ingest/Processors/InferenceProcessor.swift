internal import JSON

/// `inference`: puts what a model makes of fields into other fields.
struct InferenceProcessor: Sendable {
    struct Input: Sendable, Equatable {
        var field: FieldPath
        /// The name of the result, and the object that it stands in; nil for the document itself.
        var output: String
        var base: String?
        /// Whether the field holds a picture, whatever the model takes else: `input_type`, ours.
        var isPicture = false
    }

    enum Form: Sendable {
        /// `input_output`
        case fields([Input])
        /// The older form: the model's inputs are the document's fields by these names, all results stand in one object.
        case target(String, fieldMap: [(field: FieldPath, name: String)])
    }

    let modelID: String
    let form: Form
    let ignoresMissing: Bool
    /// The key of the result in the older form, if the configuration gives one.
    let resultsField: String?

    init(_ options: inout Options) throws(IngestFault) {
        modelID = try options.required("model_id")
        ignoresMissing = try options.flag("ignore_missing")
        let target = try options.string("target_field"), former = try options.object("field_mappings")
        let map = try options.object("field_map") ?? former
        var resultsField: String?
        if let configuration = try options.object("inference_config") {
            guard let task = configuration.members.first, configuration.count == 1 else {
                throw options.bad("inference_config", .notSupported(""))
            }
            guard task.key == "text_embedding" else { throw options.bad("inference_config", .notSupported(task.key)) }
            resultsField = task.value["results_field"]?.string
        }
        self.resultsField = resultsField
        if let inputs = options.take("input_output") {
            if target != nil { throw options.bad("target_field", .exclusive("input_output")) }
            if map != nil { throw options.bad("field_map", .exclusive("input_output")) }
            form = .fields(try Self.inputs(inputs, options))
        } else {
            var fields: [(field: FieldPath, name: String)] = []
            for member in map ?? [:] {
                guard let name = member.value.string else { throw options.wrong("field_map", "string", member.value) }
                fields.append((try FieldPath(member.key), name))
            }
            let tag = options.tag.map { "." + $0 } ?? ""
            form = .target(target ?? "ml.inference" + tag, fieldMap: fields)
        }
    }

    private static func inputs(_ value: JSONValue, _ options: Options) throws(IngestFault) -> [Input] {
        var inputs: [Input] = []
        for entry in value.array ?? [value] {
            guard let object = entry.object else { throw options.wrong("input_output", "map", entry) }
            var inner = Options(options.processor, object)
            let field = try inner.path("input_field"), output = try inner.string("output_field") ?? field.text
            let type = try inner.string("input_type") ?? "text"
            guard ["text", "image"].contains(type) else { throw inner.bad("input_type", .notOneOf(type, ["text", "image"])) }
            try inner.finish()
            let names = output.split(separator: ".").map(String.init)
            let base = names.dropLast().joined(separator: ".")
            inputs.append(
                Input(field: field, output: names.last ?? output, base: base.isEmpty ? nil : base, isPicture: type == "image"))
        }
        guard !inputs.isEmpty else { throw options.missing("input_output") }
        return inputs
    }
}
