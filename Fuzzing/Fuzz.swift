internal import Foundation

/// libFuzzer's entry point. The environment variable `FUZZ_TARGET` names the reader to be fed.
///
/// Source: LLVM, "libFuzzer – a library for coverage-guided fuzz testing".
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    target.read(Array(UnsafeBufferPointer(start: bytes, count: count)), in: folder)
    return 0
}

/// libFuzzer's hook for mutations: of requests, half are by values of their JSON, half by bytes as of all else.
@_cdecl("LLVMFuzzerCustomMutator")
public func mutateOneInput(_ bytes: UnsafeMutablePointer<UInt8>, _ count: Int, _ limit: Int, _ seed: CUnsignedInt) -> Int {
    var mutator = JSONMutator(generator: SplitMix64(state: UInt64(seed)))
    guard target == .request || target == .body, seed % 8 != 0,
        let mutated = mutator.mutate(Array(UnsafeBufferPointer(start: bytes, count: count))), mutated.count <= limit
    else { return mutateBytes(bytes, count, limit) }
    for (index, byte) in mutated.enumerated() { bytes[index] = byte }
    return mutated.count
}

@_silgen_name("LLVMFuzzerMutate")
private func mutateBytes(_ bytes: UnsafeMutablePointer<UInt8>, _ count: Int, _ limit: Int) -> Int

private let folder = ScratchFolder()

private let target: FuzzTarget = {
    let name = ProcessInfo.processInfo.environment["FUZZ_TARGET"] ?? ""
    guard let target = FuzzTarget(rawValue: name) else {
        fatalError("FUZZ_TARGET is one of \(FuzzTarget.allCases.map(\.rawValue))")
    }
    return target
}()
