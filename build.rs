//! Tells the command line whether there is a model to carry: a checkout without `model/sayswho.bin` builds too, and its
//! binary asks for `--model FILE`.

fn main() {
    const MODEL: &str = "model/sayswho.bin";
    println!("cargo::rustc-check-cfg=cfg(carried_model)");
    println!("cargo::rerun-if-changed={MODEL}");
    if std::path::Path::new(MODEL).exists() {
        println!("cargo::rustc-cfg=carried_model");
    }
}
