/// What `PickleMachine` makes of a pickle: plain values, and torch's tensors as descriptions.
enum PickleValue {
    case none
    case bool(Bool)
    case integer(Int)
    case double(Double)
    case string(String)
    /// Its elements, and how many tuples lie within each other here.
    case tuple([PickleValue], depth: Int)
    /// A list or dictionary, by its number: containers may refer to each other in circles.
    case container(Int)
    case global(PickleGlobal)
    /// An instance of a class of the archive's own code, by its number.
    case object(Int)
    case storage(TorchStorage)
    case tensor(TorchTensor)
    case mark
}

/// An instance of a class of the archive's own code.
struct PickleObject {
    /// `__torch__.` and the class's path.
    let type: String
    var attributes: [String: PickleValue] = [:]
    /// Of a class that keeps its state in one value instead of in attributes.
    var state: [PickleValue] = []
}

/// What the pickles of a TorchScript archive hold.
struct PickleTree {
    let root: PickleValue
    let containers: [[(key: PickleValue?, value: PickleValue)]]
    let objects: [PickleObject]
}
