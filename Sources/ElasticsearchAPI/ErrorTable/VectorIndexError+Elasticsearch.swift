internal import VectorIndex

extension VectorIndexError {
    /// Whether the vector or the number that was asked with is at fault, and not a file.
    var isOfRequest: Bool {
        switch self {
        case .invalidConfiguration, .unsupportedMetric, .unsupportedFunction, .dimensionMismatch, .notFinite, .notAByte, .zeroMagnitude,
            .notUnitLength:
            true
        case .missingVector, .damagedFile, .unsupportedVersion, .configurationMismatch, .file, .outOfMemory, .interrupted:
            false
        }
    }

    /// What Elasticsearch calls errors that are not the request's.
    var elasticsearchType: String {
        switch self {
        case .missingVector, .damagedFile: "corrupt_index_exception"
        case .unsupportedVersion: "index_format_too_new_exception"
        case .invalidConfiguration, .unsupportedMetric, .unsupportedFunction, .dimensionMismatch, .notFinite, .notAByte, .zeroMagnitude,
            .notUnitLength, .configurationMismatch, .file, .outOfMemory:
            "i_o_exception"
        case .interrupted: "already_closed_exception"
        }
    }

    var reason: String {
        switch self {
        case .invalidConfiguration(let parameter, let value, let allowed):
            "[\(parameter.rawValue)] must be in the range [\(allowed.lowerBound), \(allowed.upperBound)] but was [\(value)]"
        case .dimensionMismatch(let expected, let actual):
            "the query vector has a different dimension [\(actual)] than the index vectors [\(expected)]"
        case .unsupportedMetric(let metric, let elementType):
            "[\(metric.rawValue)] is not supported for [\(elementType.rawValue)] vectors"
        case .unsupportedFunction(let function, let elementType):
            "[\(function)] is not supported for [\(elementType.rawValue)] vectors"
        case .notAByte(let position, let value):
            "vectors only support integers between [-128, 127] but found [\(value)] at dim [\(position)]"
        case .notFinite(let position): "the value at dim [\(position)] is not finite"
        case .zeroMagnitude: "The [cosine] similarity does not support vectors with zero magnitude."
        case .notUnitLength: "The [dot_product] similarity can only be used with unit-length vectors."
        case .missingVector(let ordinal): "the vector of document [\(ordinal)] is missing"
        case .damagedFile(let path, let damage): "[\(path)] is damaged: \(damage.reason)"
        case .unsupportedVersion(let path, let version):
            "[\(path)] has format version [\(version)], which is newer than this program's"
        case .configurationMismatch(let path): "[\(path)] was made for another configuration"
        case .file(let error): error.reason
        case .outOfMemory: "not enough memory"
        case .interrupted: "the index is being closed"
        }
    }
}

extension VectorIndexError.Damage {
    fileprivate var reason: String {
        switch self {
        case .missing: "it is missing"
        case .truncated: "it ends too early"
        case .checksumMismatch: "its checksum does not match"
        case .wrongMagic: "it is not a file of this kind"
        case .inconsistent: "its content contradicts itself"
        case .damagedRow(let ordinal): "the row of document [\(ordinal)] is not what was written"
        }
    }
}
