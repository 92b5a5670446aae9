"""What no document can answer is told from questions on documents, and never the other way round."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.understanding.asides import Aside, aside_of

SAMPLE = Path(__file__).resolve().parent.parent / "eval" / "questions" / "sample.jsonl"
ASIDES = {
    Aside.GREETING: (
        "Hello!",
        "hi there",
        "Good morning",
        "How are you?",
        "bye",
        "Hola",
        "¡Buenos días!",
        "Hola, ¿cómo está?",
        "Olá",
        "Bom dia, tudo bem?",
        "Bonjour",
        "Salut, ça va ?",
        "au revoir",
    ),
    Aside.THANKS: (
        "Thanks!",
        "thank you very much",
        "ok thanks",
        "great",
        "Gracias",
        "Muchas gracias por su ayuda",
        "Obrigado",
        "muito obrigada",
        "Merci beaucoup",
        "Parfait, merci",
    ),
    Aside.IDENTITY: (
        "Who are you?",
        "What can you do?",
        "are you a robot",
        "what's your name?",
        "help",
        "¿Quién eres?",
        "¿Qué puedes hacer?",
        "ayuda",
        "Quem é você?",
        "O que você pode fazer?",
        "Qui es-tu ?",
        "Que pouvez-vous faire ?",
    ),
    Aside.TASK: (
        "Write me a poem about the sea",
        "Can you write an email to my boss?",
        "Tell me a joke",
        "Translate 'good morning' into French",
        "How do you say house in French?",
        "write a python function that sorts",
        "Escríbeme un poema sobre el mar",
        "cuéntame un chiste",
        "¿Cómo se dice casa en francés?",
        "Escreva uma carta para o meu chefe",
        "conte uma piada",
        "Écris-moi un poème",
        "Raconte-moi une blague",
        "Comment dit-on maison en espagnol ?",
    ),
    Aside.OPINION: (
        "What do you think about politics?",
        "What is your favourite colour?",
        "Who should I vote for?",
        "do you like football?",
        "¿Qué opinas de la política?",
        "¿Cuál es tu color favorito?",
        "O que você acha de futebol?",
        "Que penses-tu de la politique ?",
    ),
    Aside.ADVICE: (
        "I have a headache, what can I do?",
        "Should I take aspirin every day?",
        "Can I sue my neighbour?",
        "my landlord will not fix the roof",
        "Me duele la cabeza",
        "¿Debo tomar aspirina?",
        "Estou com febre",
        "posso processar o meu vizinho?",
        "J'ai mal à la tête",
        "Dois-je prendre de l'aspirine ?",
    ),
    Aside.WORLD: (
        "What's the weather in Caracas tomorrow?",
        "what time is it?",
        "Who won the world cup?",
        "¿Qué tiempo hace en Caracas?",
        "¿Qué hora es?",
        "¿Quién ganó el mundial?",
        "Vai chover amanhã?",
        "Que horas são?",
        "Quel temps fait-il ?",
        "Quelle heure est-il ?",
    ),
    Aside.CALCULATION: (
        "What is 12 * 7?",
        "calculate 17*23",
        "¿Cuánto es 12 + 7?",
        "calcula 3*4",
        "Quanto é 12 + 7?",
        "Combien font 12 + 7 ?",
    ),
}
CASES = [(aside, text) for aside, texts in ASIDES.items() for text in texts]
NEAR = (
    "Who are the directors of cooperation?",
    "What is the time of the workshop?",
    "help for small firms",
    "translation of the study into English, when?",
    "Write down the objectives of I.1.1",
    "thanks to whom was the meeting held?",
    "What do you mean by a *smart* value chain?",
    "what do the secretariats think about leading an axis?",
    "Bonjour, que dit la décision 440 ?",
    "Hello, what did Decision 440 mandate?",
    "Should SELA's activities be grouped?",
    "¿Qué opina la CEPAL sobre la integración?",
    "weather disasters in 2016",
    "clima de inversión",
    "O que pensa a ALADI da agenda digital?",
    "risk of rain in ports",
    "write the name of the Permanent Secretary",
    "calculate the share of studies in 2017",
    "What is 440?",
    "2017 - 2019",
    "price of oil exports",
    "¿Cómo funciona el SELA-PYMES?",
    "mi empresa y la propiedad intelectual",
    "temps de la réunion",
    "Quem é o secretário-geral do SICA?",
    "Qui est le secrétaire permanent ?",
    "who made the proposal?",
    "the weather and food security",
    "Is it legal in form, the ports network?",
    "What can SMEs do against disasters?",
    "good practices",
    "Can I buy at the ALADI platform?",
)


@pytest.mark.parametrize(("aside", "text"), CASES)
def test_an_aside_is_known_by_its_kind(aside, text):
    assert aside_of(text) is aside


@pytest.mark.parametrize("text", NEAR)
def test_what_sounds_like_an_aside_may_be_a_question_on_documents(text):
    assert aside_of(text) is None


def test_no_question_on_documents_is_an_aside():
    questions = [json.loads(line) for line in SAMPLE.read_text(encoding="utf-8").splitlines()]
    assert len(questions) > 100
    assert [q["question"] for q in questions if aside_of(q["question"])] == []


@pytest.mark.reference
def test_no_reference_question_is_an_aside(reference):
    questions = [
        json.loads(line) for line in (reference / "eval" / "dev.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    tuned = [q["question"] for q in questions if int(q["id"][1:]) % 2 == 0]
    assert [text for text in tuned if aside_of(text)] == []


@given(st.text(max_size=80))
def test_no_words_make_it_fail(text):
    aside_of(text)
