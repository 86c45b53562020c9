internal import JSON
internal import Scripts

/// One step of a pipeline, with what all kinds have.
struct Processor: Sendable {
    let kind: ProcessorKind
    let name: String
    let tag: String?
    let description: String?
    let condition: IngestScript?
    let ignoresFailure: Bool
    let onFailure: [Processor]

    /// Whether a model is asked, by it or by what it runs.
    var asksModels: Bool {
        switch kind {
        case .inference, .pipeline: true
        case .foreach(let each): each.processor.asksModels || onFailure.contains(where: \.asksModels)
        default: onFailure.contains(where: \.asksModels)
        }
    }
}

/// What processors do, by their kind.
indirect enum ProcessorKind: Sendable {
    case set(SetProcessor)
    case append(AppendProcessor)
    case remove(RemoveProcessor)
    case renaming(RenameProcessor)
    case convert(ConvertProcessor)
    case date(DateProcessor)
    case dateIndexName(DateIndexNameProcessor)
    case foreach(ForeachProcessor)
    case drop
    /// Ends the pipeline that it stands in.
    case terminate
    case reroute(RerouteProcessor)
    case fail(Template)
    case text(TextProcessor)
    case json(JSONProcessor)
    case keyValue(KeyValueProcessor)
    case csv(CSVProcessor)
    case sort(SortProcessor)
    case script(IngestScript)
    case pipeline(Template, ignoresMissing: Bool)
    case dotExpander(DotExpanderProcessor)
    case dissect(DissectProcessor)
    case grok(GrokProcessor)
    case inference(InferenceProcessor)
    case image(ImageProcessor)
}
