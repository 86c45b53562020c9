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
        case .chunking(let fault): fault.reason
        }
    }
}
