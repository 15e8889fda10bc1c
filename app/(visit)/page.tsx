export default function Home() {
  return <h1>Parvis</h1>;
}
