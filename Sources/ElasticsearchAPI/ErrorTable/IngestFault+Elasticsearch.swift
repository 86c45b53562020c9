internal import Ingest
internal import JSON
internal import Scripts

extension ElasticsearchError {
    init(_ fault: IngestFault) {
        switch fault {
        case .unknownProcessor(let name, let tag):
            self = .definition("No processor type exists with name [\(name)]", processor: name, tag: tag, property: nil)
        case .missingProperty(let name, let processor, let tag):
            self = .definition("[\(name)] required property is missing", processor: processor, tag: tag, property: name)
        case .wrongProperty(let name, let expected, let actual, let processor, let tag):
            self = .definition(
                "[\(name)] property isn't a \(expected), but of type [\(actual)]", processor: processor, tag: tag, property: name)
        case .badProperty(let name, let problem, let processor, let tag):
            self = .definition("[\(name)] \(problem.reason)", processor: processor, tag: tag, property: name)
        case .unknownParameters(let names, let processor):
            let list = "[\(names.joined(separator: ", "))]"
            self = .definition(
                processor.map { "processor [\($0)] doesn't support one or more provided configuration parameters \(list)" }
                    ?? "pipeline doesn't support one or more provided configuration parameters \(list)",
                processor: processor, tag: nil, property: nil)
        case .severalProcessorsInOne:
            self = .illegalArgument("[processors] contains nested objects but should be a list of single-entry objects")
        case .notAProcessor:
            self = .definition("processors must be objects with one key and an object of properties", processor: nil, tag: nil, property: "processors")
        case .emptyOnFailure(let processor, let tag):
            self = .definition("[on_failure] processors list cannot be empty", processor: processor, tag: tag, property: "on_failure")
        case .emptyOnFailureOfPipeline(let id):
            self = .definition("pipeline [\(id)] cannot have an empty on_failure option defined", processor: nil, tag: nil, property: nil)
        case .script(let error): self.init(error)
        case .unknownPipeline(let id): self = .illegalArgument("pipeline with id [\(id)] does not exist")
        case .unknownPipelines(let pattern):
            self.init(status: 404, "resource_not_found_exception", "pipeline [\(pattern)] is missing")
        case .badSimulation(let reason): self = .illegalArgument(reason)
        case .noSuchField(let name, let path): self = .illegalArgument("field [\(name)] not present as part of path [\(path)]")
        case .noObject(let name, let type, let path):
            self = .illegalArgument("cannot resolve [\(name)] from object of type [\(type)] as part of path [\(path)]")
        case .noIndex(let name, let path):
            self = .illegalArgument("[\(name)] is not an integer, cannot be used as an index as part of path [\(path)]")
        case .indexOutOfBounds(let index, let count, let path):
            self = .illegalArgument("[\(index)] is out of bounds for array with length [\(count)] as part of path [\(path)]")
        case .nullParent(let name, let path):
            self = .illegalArgument("cannot resolve [\(name)] from null as part of path [\(path)]")
        case .emptyPath: self = .illegalArgument("path cannot be null nor empty")
        case .fieldIsNull(let field, let action): self = .illegalArgument("field [\(field)] is null, cannot \(action).")
        case .wrongType(let field, let actual, let expected):
            self = .illegalArgument("field [\(field)] of type [\(actual)] cannot be cast to [\(expected)]")
        case .fieldMissing(let field): self = .illegalArgument("field [\(field)] doesn't exist")
        case .fieldExists(let field): self = .illegalArgument("field [\(field)] already exists")
        case .cannotConvert(let text, let type):
            self = .illegalArgument(
                type == "boolean"
                    ? "[\(text)] is not a boolean value, cannot convert to boolean"
                    : type == "ip" ? "'\(text)' is not an IP string literal." : "unable to convert [\(text)] to \(type)")
        case .unparsableDate(let formats):
            self = .illegalArgument(
                "unable to parse date [\(formats.last ?? "")]")
        case .notJSON(let text):
            self.init(
                status: 400, "illegal_argument_exception", "Unrecognized token or malformed JSON in [\(text.prefix(100))]")
        case .notJSONObject: self = .illegalArgument("cannot add non-map fields to root of document")
        case .duplicateKey(let key): self = .illegalArgument("Duplicate field '\(key)'")
        case .noSeparator(let field, let text, _):
            self = .illegalArgument("field [\(field)] does not contain value_split [\(text)]")
        case .noGrokMatch:
            self = .illegalArgument("Provided Grok expressions do not match field value")
        case .noDissectMatch(let pattern, let text):
            self.init(
                status: 400, "dissect_exception", "Unable to find match for dissect pattern: \(pattern) against source: \(text.prefix(200))")
        case .badCSV(let reason): self = .illegalArgument(reason)
        case .patternTooSlow: self = .illegalArgument("regular expression takes too many steps on this value")
        case .fail(let message): self.init(status: 500, "fail_processor_exception", message)
        case .cycle(let id): self.init(status: 500, "illegal_state_exception", "Cycle detected for pipeline: \(id)")
        case .missingPipeline(let id):
            self.init(
                status: 500, "illegal_state_exception", "Pipeline processor configured for non-existent pipeline [\(id)]")
        case .unwritableDocument(let pipeline):
            self = .illegalArgument("Failed to generate the source document for ingest pipeline [\(pipeline)]")
        case .rerouteCycle(let indices, let target, let pipeline):
            self.init(
                status: 500, "illegal_state_exception",
                "index cycle detected while processing pipeline [\(pipeline)]: \((indices + [target]).joined(separator: " -> "))")
        case .badDataStreamName(let name):
            self = .illegalArgument("invalid data stream name: [\(name)]; must follow naming scheme <type>-<dataset>-<namespace>")
        case .inference(let error): self = ElasticsearchError(error) ?? .internalError
        case .badMetadata(let name, let value): self = .illegalArgument("invalid value [\(value)] for metadata field [\(name)]")
        case .tooMuch: self = .illegalArgument("the pipeline does too much for one document")
        }
    }

    /// A malformed definition: `parse_exception` with where it is.
    private static func definition(
        _ reason: String, processor: String?, tag: String?, property: String?
    ) -> ElasticsearchError {
        var extra: JSONMembers = [:]
        if let processor { extra["processor_type"] = .string(processor) }
        if let tag { extra["processor_tag"] = .string(tag) }
        if let property { extra["property_name"] = .string(property) }
        return ElasticsearchError(status: 400, "parse_exception", reason, extra: extra)
    }
}

extension IngestFault.PropertyProblem {
    fileprivate var reason: String {
        switch self {
        case .notOneOf(let value, let allowed): "[\(value)] must be one of \(allowed)"
        case .badPattern(let pattern): "Invalid regex pattern [\(pattern)]"
        case .exclusive(let other): "cannot be used together with [\(other)]"
        case .notSingleCharacter("quote"): #"quote has to be single character like " or '"#
        case .notSingleCharacter(let name): "\(name) has to be single character like , or ;"
        case .unknownSortDirection(let value): "Sort direction [\(value)] not recognized. Valid values are: [asc, desc]"
        case .notSupported(let value): "value [\(value)] is not supported"
        }
    }
}
