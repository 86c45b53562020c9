internal import JSON
internal import Mapping

extension ElasticsearchError {
    /// A mapping that cannot be read is a `mapper_parsing_exception` around its cause; one that does not fit to what is
    /// there is an `illegal_argument_exception`.
    init(_ error: MappingError) {
        let reason = error.reason
        switch error.phase {
        case .parsing:
            let cause = ErrorCause("mapper_parsing_exception", reason)
            self.init(status: 400, "mapper_parsing_exception", "Failed to parse mapping: \(reason)", causedBy: cause)
        case .value:
            let cause = ErrorCause("illegal_argument_exception", reason)
            self.init(status: 400, "mapper_parsing_exception", "Failed to parse mapping: \(reason)", causedBy: cause)
        case .merging: self = .illegalArgument(reason)
        }
    }
}

extension MappingError {
    enum Phase {
        /// A definition that is not understood.
        case parsing
        /// A definition that is understood, with a value that is not allowed.
        case value
        /// A definition that the index does not take.
        case merging
    }

    var phase: Phase {
        switch self {
        case .unknownParameter, .unknownRootParameter, .unknownType, .missingType, .notAnObject, .nullParameter,
            .missingParameter, .negativeLimit, .unknownVectorIndexType, .unknownElementType, .dimensionsOutOfRange,
            .dimensionsNotWholeBytes, .unknownIndexOption, .unknownParameterValue,
            .unknownNormalizer, .invalidDynamicTemplate, .invalidAlias, .runtimeField, .unknownSimilarity,
            .unknownSubobjects, .nestedInFlat:
            .parsing
        case .malformedParameter, .parameterOutOfRange, .invalidDateFormat, .requiresIndexedVector, .oddDimensions, .tooFewDimensions,
            .unsupportedElementType, .unsupportedBitSimilarity, .invalidOversample, .clusterSizeOutOfRange,
            .visitPercentageOutOfRange, .unknownAnalyzer, .invalidFieldName, .docValuesOfText, .semantic, .cannotFlatten,
            .nullFeatureNotPositive:
            .value
        case .tooDeep, .tooManyFields, .typeConflict, .objectConflict, .parameterConflict, .nestedConflict, .nestedParameterConflict,
            .tooManyNestedFields, .tooManyNewFields, .nameTooLong, .objectParameterConflict:
            .merging
        }
    }

    /// Elasticsearch's words.
    var reason: String {
        switch self {
        case .unknownParameter(let name, let field, let type):
            "unknown parameter [\(name)] on mapper [\(field)] of type [\(type)]"
        case .unknownRootParameter(let name, let value):
            "Root mapping definition has unsupported parameters:  [\(name) : \(value.plain)]"
        case .runtimeField(let name, let problem): problem.reason(name)
        case .semantic(let problem, let field): problem.reason(field: field)
        case .unknownType(let type, let field): "No handler for type [\(type)] declared on field [\(field)]"
        case .missingType(let field): "No type specified for field [\(field)]"
        case .notAnObject(let field): "Expected map for property [fields] on field [\(field)] but got a concrete value"
        case .nullParameter(let name, let field, let type):
            "[\(name)] on mapper [\(field)] of type [\(type)] must not have a [null] value"
        case .malformedParameter(_, _, let value, .boolean):
            "Failed to parse value [\(value.plain)] as only [true] or [false] are allowed."
        case .malformedParameter(let name, let field, let value, let expected):
            "Failed to parse parameter [\(name)] of field [\(field)]: expected \(expected.rawValue) but got [\(value.plain)]"
        case .parameterOutOfRange(let name, let field, let value, let allowed):
            "[\(name)] of field [\(field)] must be between [\(allowed.lowerBound)] and [\(allowed.upperBound)] but was [\(value.plain)]"
        case .unknownParameterValue(let name, _, let value, let accepted):
            "Unknown value [\(value)] for field [\(name)] - accepted values are [\(accepted.joined(separator: ", "))]"
        case .negativeLimit(let limit, _): "[ignore_above] must be non-negative, got [\(limit)]"
        case .nullFeatureNotPositive(let type, _): "[null_value] must be a positive normal float for field of type [\(type)]"
        case .missingParameter("path", let field): "The [path] property must be specified for field [\(field)]."
        case .missingParameter("analyzer", let field): "Analyzer must be set for field [\(field)] but wasn't."
        case .missingParameter(let name, let field):
            name == "type" ? "[index_options] requires field [type] to be configured" : "Field [\(name)] is required for [\(field)]"
        case .invalidDateFormat(let format, _): "Invalid format: [\(format)]"
        case .dimensionsOutOfRange(let count, let type, _): type.dimensionsReason(count)
        case .dimensionsNotWholeBytes(let count, _):
            "The number of dimensions for should be a multiple of 8 but was [\(count)]"
        case .unsupportedBitSimilarity: "The [l2_norm] similarity is the only supported similarity for bit vectors"
        case .requiresIndexedVector(let parameter, _):
            "Field [\(parameter)] can only be specified for a field of type [dense_vector] when it is indexed"
        case .unknownVectorIndexType(let type, let field): "Unknown vector index options type [\(type)] for field [\(field)]"
        case .unknownIndexOption(let name, let field, let value):
            "Mapping definition for [\(field)] has unsupported parameters:  [\(name) : \(value.plain)]"
        case .oddDimensions(let count, let type, _): "\(type) only supports even dimensions; provided=\(count)"
        case .tooFewDimensions(let count, let minimum, let type, _):
            "\(type) does not support dimensions fewer than \(minimum); provided=\(count)"
        case .unknownElementType(let type, _):
            "invalid element_type [\(type)]; available types are "
                + "[\(VectorElementType.allCases.map(\.rawValue).joined(separator: ", "))]"
        case .unsupportedElementType(let type, let indexType, _):
            "[element_type] cannot be [\(type.rawValue)] when using index type [\(indexType)]"
        case .invalidOversample(.missing, _): "Invalid rescore_vector value. Missing required field oversample"
        case .invalidOversample(.tooSmall, _): "oversample must be greater than 1 or exactly 0"
        case .invalidOversample(.tooLarge, _): "oversample must be less than or equal to 10"
        case .clusterSizeOutOfRange(let value, let allowed, _):
            "cluster_size must be between \(allowed.lowerBound) and \(allowed.upperBound), got: \(value.plain)"
        case .visitPercentageOutOfRange(let value, let field):
            "default_visit_percentage must be between 0.0 and 100.0, got: \(value.plain) for field [\(field)]"
        case .invalidAlias(let path, let field, let problem):
            "Invalid [path] value [\(path)] for field alias [\(field)]: " + problem.reason
        case .docValuesOfText(let field): "Field [\(field)] of type [search_as_you_type] does not support doc values"
        case .unknownAnalyzer(let name, _): "analyzer [\(name)] has not been configured in mappings"
        case .unknownNormalizer(let name, let field): "normalizer [\(name)] not found for field [\(field)]"
        case .unknownSimilarity(let name, let field): "Unknown Similarity type [\(name)] for field [\(field)]"
        case .invalidFieldName(let name):
            name.isEmpty ? "field name cannot be an empty string" : "field name cannot contain only whitespace"
        case .tooDeep(let limit, let object):
            "Limit of mapping depth [\(limit)] has been exceeded due to object field [\(object)]"
        case .nestedConflict(let field): "can't merge a non-nested mapping [\(field)] with a nested mapping"
        case .nestedParameterConflict(let name): "the [\(name)] parameter can't be updated on a nested object mapping"
        case .objectParameterConflict(let name, let object):
            "the [\(name)] parameter can't be updated for the object mapping [\(object)]"
        case .unknownSubobjects(let value): "unknown subobjects value: \(value.plain)"
        case .nestedInFlat(let name, let object):
            "Tried to add nested object [\(name)] to object [\(object)] which does not support subobjects"
        case .cannotFlatten(let name, let problem):
            "Object mapper [\(name)] was found in a context where subobjects is set to false. Auto-flattening [\(name)] failed because "
                + problem.reason
        case .tooManyNestedFields(let limit): "Limit of nested fields [\(limit)] has been exceeded"
        case .tooManyFields(let limit): "Limit of total fields [\(limit)] has been exceeded"
        case .tooManyNewFields(let count, let limit): "Limit of total fields [\(limit)] has been exceeded while adding new fields [\(count)]"
        case .nameTooLong(let name, let limit): "Field name [\(name)] is longer than the limit of [\(limit)] characters"
        case .typeConflict(let field, let old, let new): "mapper [\(field)] cannot be changed from type [\(old)] to [\(new)]"
        case .objectConflict(let field, let wasObject):
            wasObject
                ? "can't merge a non object mapping [\(field)] with an object mapping"
                : "can't merge an object mapping [\(field)] with a non object mapping"
        case .parameterConflict(let field, let conflicts):
            "Mapper for [\(field)] conflicts with existing mapper:"
                + conflicts.map { "\n\tCannot update parameter [\($0.parameter)] from [\($0.old.plain)] to [\($0.new.plain)]" }.joined()
        case .invalidDynamicTemplate(let name, let problem): "Failed to parse dynamic template [\(name)]: \(problem.reason)"
        }
    }
}

extension MappingError.AliasProblem {
    var reason: String {
        switch self {
        case .missingTarget: "an alias must refer to an existing field in the mappings."
        case .targetIsAlias: "an alias cannot refer to another alias."
        case .itself: "an alias cannot refer to itself."
        }
    }
}

extension MappingError.DynamicTemplateProblem {
    var reason: String {
        switch self {
        case .notASingleKeyObject: "A dynamic template must be defined with a name"
        case .unknownParameter(let name): "Illegal dynamic template parameter: [\(name)]"
        case .malformedParameter(let name): "Malformed dynamic template parameter: [\(name)]"
        case .missingMapping: "template must have mapping set"
        case .unknownMappingType(let type):
            "No field type matched on [\(type)], possible values are "
                + "[\(DynamicTemplate.DetectedType.allCases.map(\.rawValue).joined(separator: ", "))]"
        case .malformedPattern(let pattern): "Pattern [\(pattern)] is invalid, cannot create dynamic template"
        case .unsupportedPatternSyntax(let syntax): "No matching pattern matched on [\(syntax)]"
        case .invalidMapping(let error): error.reason
        }
    }
}

extension JSONValue {
    /// A value in an error's text: strings without quotes.
    var plain: String { string ?? String(decoding: serialized(), as: UTF8.self) }
}

extension VectorElementType {
    /// What is said of dimensions out of range.
    func dimensionsReason(_ count: Int) -> String {
        "The number of dimensions should be in the range [\(dimensionsRange.lowerBound), \(dimensionsRange.upperBound)] "
            + "but was [\(count)]"
    }
}

extension RuntimeFieldProblem {
    fileprivate func reason(_ name: String) -> String {
        switch self {
        case .notAnObject: "Expected map for runtime field [\(name)] definition but got a java.lang.String"
        case .missingType: "No type specified for runtime field [\(name)]"
        case .malformedScript: "Failed to parse script of runtime field [\(name)]"
        case .storedScript: "stored scripts are not supported for runtime field [\(name)]"
        case .unknownType(let type):
            "The mapper type [\(type)] declared on runtime field [\(name)] does not exist. It might have been created within a future "
                + "version or requires a plugin to be installed. Check the documentation."
        case .incompleteComposite(let lacks): "composite runtime field [\(name)] must declare its [\(lacks)]"
        case .unsupportedType(let type): "Runtime field [\(name)] of type [\(type)] is not supported"
        case .unknownParameter(let parameter, let type): "unknown parameter [\(parameter)] on runtime field [\(name)] of type [\(type)]"
        }
    }
}

extension MappingError.FlatteningProblem {
    var reason: String {
        switch self {
        case .dynamic(let own, let outer):
            "the value of [dynamic] (\(own.rawValue.uppercased())) is not compatible with the value from its parent context "
                + "(\(outer.rawValue.uppercased()))"
        case .disabled: "the value of [enabled] is [false]"
        case .subobjects: "the value of [subobjects] is [true]"
        }
    }
}
