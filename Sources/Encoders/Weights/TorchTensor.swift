/// A list of numbers in an entry of the archive, which tensors share.
struct TorchStorage: Hashable {
    let type: ElementType
    /// The entry's name, from the archive's own folder.
    let entry: String
    let count: Int
}

/// A view of a storage. Offsets and strides are in elements.
struct TorchTensor: Hashable {
    let storage: TorchStorage
    var offset: Int
    var shape: [Int]
    let strides: [Int]
    var quantisation: Quantisation?

    /// What the integers of a quantised tensor stand for: (integer - zero point) · scale.
    indirect enum Quantisation: Hashable {
        case tensor(scale: Double, zeroPoint: Int)
        /// A scale and a zero point for each index of the first axis.
        case rows(scales: TorchTensor, zeroPoints: TorchTensor)
    }
}
