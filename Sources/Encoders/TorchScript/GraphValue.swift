/// What an expression of TorchScript's code stands for.
enum GraphValue: Hashable {
    case none
    case bool(Bool)
    case integer(Int)
    case double(Double)
    case string(String)
    case tensor(TorchTensor)
    case object(Object)
    /// The result of an operation, by its number in the graph.
    case node(Int)

    /// A module, or the packed weights of a quantised layer.
    struct Object: Hashable {
        enum Source: Hashable {
            case modules, constants
        }

        let source: Source
        let index: Int
    }
}
