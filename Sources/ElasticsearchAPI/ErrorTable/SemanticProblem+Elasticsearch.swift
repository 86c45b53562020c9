internal import JSON
internal import Mapping

extension SemanticProblem {
    /// Elasticsearch's words.
    func reason(field: String) -> String {
        switch self {
        case .emptyID(let parameter, let type): "[\(parameter)] on mapper [\(field)] of type [\(type)] must not be empty"
        case .copyTo(let type): "\(type) field [\(field)] does not support [copy_to]"
        case .nested(let type): "\(type) field [\(field)] cannot be nested"
        case .missingModelSetting(let name): "Required [\(name)]"
        case .unknownModelSetting(let name): "[model_settings] unknown field [\(name)]"
        case .unsupportedTask(let task): "Invalid task_type in model_settings [\(task)]"
        case .malformedModelSetting(let name, let value): "[model_settings] failed to parse field [\(name)]: [\(value)]"
        case .unknownIndexOptions(let name): "Unsupported index options type [\(name)]"
        case .unknownStrategy(let name): "Invalid chunkingStrategy \(name)"
        case .missingChunkingSetting(let name):
            "Validation Failed: 1: [chunking_settings] does not contain the required setting [\(name)];"
        case .unknownChunkingSettings(let names, let strategy):
            "Validation Failed: 1: \(strategy.prefix(1).uppercased() + strategy.dropFirst()) based chunking settings can not have the "
                + "following settings: [\(names.joined(separator: ", "))];"
        case .chunkingOutOfRange(let setting, let value, let allowed):
            "Validation Failed: 1: [chunking_settings] Invalid value [\(String(decoding: value.serialized(), as: UTF8.self))]. "
                + "[\(setting)] must be between [\(allowed.lowerBound)] and [\(allowed.upperBound)];"
        case .unsupportedSeparator(let separator, let reason): "[chunking_settings] separator [\(separator)]: \(reason)"
        }
    }
}
